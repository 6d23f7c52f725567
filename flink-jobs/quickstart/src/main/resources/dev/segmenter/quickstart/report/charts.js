// SPDX-License-Identifier: Apache-2.0
// Colours, marks and what all charts share. A segment has one colour and one shape in every chart.

/** Can be told apart with the common colour-vision deficiencies, and from the page; see PaletteTest. */
const PALETTES = {
  light: ["#4a5194", "#bb2800", "#39864f", "#da5892", "#c47f03", "#0597dd", "#31186c", "#4e4d3c"],
  dark: ["#3570b5", "#e0562a", "#00b673", "#f198bb", "#ecd071", "#abf2ff", "#bd8dff", "#817776"],
};
const SHAPES = ["circle", "rect", "triangle", "diamond", "cross", "inverse", "bar", "ring"];

/** Paths in a box from -5 to 5. */
const SHAPE_PATHS = {
  circle: "M-5,0A5,5 0 1,1 5,0A5,5 0 1,1 -5,0Z",
  rect: "M-4.4,-4.4H4.4V4.4H-4.4Z",
  triangle: "M0,-5L5,4.4H-5Z",
  diamond: "M0,-5.4L5.4,0L0,5.4L-5.4,0Z",
  cross: "M-2,-5H2V-2H5V2H2V5H-2V2H-5V-2H-2Z",
  inverse: "M0,5L5,-4.4H-5Z",
  bar: "M-5,-2.6H5V2.6H-5Z",
  ring: "M-5,0A5,5 0 1,1 5,0A5,5 0 1,1 -5,0ZM-2,0A2,2 0 1,0 2,0A2,2 0 1,0 -2,0Z",
};
const NARROW = 620;
const charts = [];

function isDark() {
  return document.documentElement.dataset.theme === "dark";
}

function indexOf(id) {
  return SEGMENTS.has(id) ? SEGMENTS.get(id).index : 0;
}

function colorOf(id) {
  const palette = PALETTES[isDark() ? "dark" : "light"];
  return palette[indexOf(id) % palette.length];
}

function shapeOf(id) {
  // From the ninth segment on a colour comes with another shape than before.
  const index = indexOf(id);
  return SHAPE_PATHS[SHAPES[(index + Math.floor(index / SHAPES.length)) % SHAPES.length]];
}

/** The colour as a class, so that it follows the theme by itself. */
function colorClass(id) {
  return "s" + (indexOf(id) % SHAPES.length);
}

function mark(id) {
  return svg("svg", { class: "mark " + colorClass(id), viewBox: "-6 -6 12 12", "aria-hidden": "true" },
    svg("path", { d: shapeOf(id), "fill-rule": "evenodd" }));
}

/** Classes for the palette, in both themes. */
function paletteStyle() {
  const rules = (palette, scope) => palette.map((color, i) => scope + ".s" + i + "{--c:" + color + "}").join("");
  return rules(PALETTES.light, "") + rules(PALETTES.dark, "[data-theme=dark] ");
}

/** A shape as the symbol of a series; a flat one stays flat. */
function symbol(path) {
  return { symbol: "path://" + path, symbolKeepAspect: true };
}

function legend(host, ids) {
  host.replaceChildren(...ids.map((id) => el("li", null, chip(id))));
}

function css(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/**
 * Draws a chart and keeps it up to date with size and theme.
 * @param build from {narrow, text, faint, line, surface} to an ECharts option
 * @param describe what the chart says, in a sentence or two
 */
function chart(id, describe, build) {
  const host = byId(id);
  const instance = echarts.init(host, null, { renderer: "svg" });
  const entry = {
    instance,
    draw() {
      host.setAttribute("role", "img");
      host.setAttribute("aria-label", describe());
      instance.resize();
      const look = {
        width: host.clientWidth,
        narrow: host.clientWidth < NARROW,
        text: css("--text"), faint: css("--faint"), line: css("--line"), surface: css("--surface"),
      };
      instance.setOption({ ...base(look), ...build(look) }, { notMerge: true });
    },
  };
  charts.push(entry);
  let width = 0;
  new ResizeObserver(() => {
    if (host.clientWidth !== width) {
      width = host.clientWidth;
      entry.draw();
    }
  }).observe(host);
  return entry;
}

function drawAll() {
  charts.forEach((entry) => entry.draw());
}

function base(look) {
  return {
    animation: false,
    backgroundColor: "transparent",
    textStyle: { fontFamily: css("--font"), color: look.text },
  };
}

function tooltip(look, more) {
  return {
    confine: true,
    backgroundColor: look.surface,
    borderColor: look.line,
    textStyle: { color: look.text, fontSize: 13 },
    ...more,
  };
}

/** Contents of a tooltip: a head, then lines. */
function tip(head, lines) {
  return el("div", { class: "tip" }, el("strong", null, head), lines.map((line) => el("div", null, line)));
}

function timeAxis(look, more) {
  return {
    type: "time",
    min: DATA.from,
    max: DATA.to,
    axisLine: { lineStyle: { color: look.line } },
    axisTick: { show: false },
    axisLabel: { color: look.faint, hideOverlap: true, formatter: axisTime },
    splitNumber: look.narrow ? 3 : 7,
    ...more,
  };
}

function axisTime(time) {
  const span = DATA.to - DATA.from;
  const january = new Date(time).getUTCMonth() === 0;
  const options = span > 120 * DAY ? { month: "short", year: january ? "numeric" : undefined }
    : span > 3 * DAY ? { day: "numeric", month: "short" } : { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };
  return new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" }).format(time);
}

function valueAxis(look, more) {
  return {
    type: "value",
    axisLabel: { color: look.faint, formatter: number },
    splitLine: { lineStyle: { color: look.line } },
    ...more,
  };
}

/** A chart without anything to draw. */
function nothing(id, words) {
  byId(id).replaceWith(el("p", { class: "empty" }, words));
}

// SPDX-License-Identifier: Apache-2.0
// What became of the segments, version by version, and how well the model fits.

const MARKS = {
  BORN: { word: "born", shape: "circle" },
  SPLIT: { word: "split off", shape: "triangle" },
  MERGED: { word: "merged", shape: "diamond" },
  DIED: { word: "died", shape: "cross" },
  RENAMED: { word: "new wording", shape: "ring" },
  RESCALED: { word: "new scale", shape: "bar" },
  RELABELLED: { word: "many users moved", shape: "inverse" },
};
const WHOLE_MODEL = "model";

const QUALITIES = [
  { key: "inertia", name: "Inertia per vote", hint: "mean squared distance to the nearest centroid, lower is tighter" },
  { key: "silhouette", name: "Silhouette", hint: "−1 to 1, higher is better separated" },
  { key: "drift", name: "Drift score", hint: "deviation of the inertia from its own mean, near 0 is calm" },
  { key: "relabelled", name: "Relabelled", hint: "share of a sample whose segment the version changed" },
];

function drawHistory() {
  const { lives, events, quality, every } = DATA.history;
  if (quality.length === 0) {
    byId("model-intro").textContent = "No version of the model was published.";
    nothing("lives-chart", "Nothing to draw.");
    return nothing("quality-chart", "Nothing to draw.");
  }
  byId("model-intro").textContent = historyIntro(every, events);
  const lives_ = byId("lives-chart");
  lives_.style.height = 70 + 34 * (lives.length + 1) + "px";
  chart("lives-chart", livesWords, livesOption);
  chart("quality-chart", qualityWords, qualityOption);
  onFirstOpen("events-table", eventsTable);
  onFirstOpen("quality-table", qualityTable);
}

function historyIntro(every, events) {
  const counts = DATA.counts;
  return count(counts.versions) + " versions from " + count(counts.votes) + " votes. Ids are never reused; a segment keeps its line for as long as it lives. "
    + count(events.length + DATA.history.eventsOmitted) + " versions did more than move centroids."
    + (every > 1 ? " Of the quality every " + every + "th version is shown." : "");
}

function livesWords() {
  const died = DATA.history.lives.filter((life) => life.died !== undefined);
  return "Lines of time: " + DATA.history.lives.length + " segments, of which " + died.length + " died"
    + (died.length > 0 ? " (" + died.map((life) => longName(life.segment) + " on " + moment(life.died)).join(", ") + ")" : "")
    + ". The table below lists each version that changed more than the centroids' places.";
}

function livesOption(look) {
  const { lives, events } = DATA.history;
  const rows = [WHOLE_MODEL, ...lives.map((life) => String(life.segment)).reverse()];
  const kinds = Object.keys(MARKS).filter((kind) => events.some((e) => e.marks.some((m) => m.kind === kind)));
  const rowName = (row) => (row === WHOLE_MODEL ? (look.narrow ? "model" : "whole model") : look.narrow ? shortName(row) : longName(Number(row)));
  return {
    grid: { left: look.narrow ? 56 : 290, right: 18, top: look.narrow ? 58 : 36, bottom: 30 },
    legend: {
      data: kinds.map((kind) => MARKS[kind].word), top: 0, left: 0, selectedMode: false,
      itemWidth: 11, itemHeight: 11, textStyle: { color: look.text },
    },
    tooltip: tooltip(look, { trigger: "item" }),
    xAxis: timeAxis(look),
    yAxis: {
      type: "category", data: rows, axisLine: { show: false }, axisTick: { show: false },
      axisLabel: { color: look.text, width: look.narrow ? 46 : 275, overflow: "truncate", formatter: rowName },
    },
    series: [...lives.map(lifeLine), ...kinds.map((kind) => markSeries(kind, look))],
  };
}

function lifeLine(life) {
  return {
    type: "line",
    symbol: "none",
    silent: true,
    lineStyle: { width: 8, color: colorOf(life.segment), cap: "round", opacity: 0.9 },
    itemStyle: { color: colorOf(life.segment) },
    data: [[life.born, String(life.segment)], [life.died ?? DATA.to, String(life.segment)]],
  };
}

function markSeries(kind, look) {
  const points = DATA.history.events.flatMap((event) => event.marks.filter((m) => m.kind === kind)
    .map((m) => ({ value: [event.time, m.segment === undefined ? WHOLE_MODEL : String(m.segment)], event })));
  return {
    name: MARKS[kind].word,
    type: "scatter",
    ...symbol(SHAPE_PATHS[MARKS[kind].shape]),
    symbolSize: 12,
    z: 4,
    itemStyle: { color: look.text, borderColor: look.surface, borderWidth: 1.5 },
    data: points,
    tooltip: {
      formatter: (point) => tip("Version " + point.data.event.version + ", " + moment(point.data.event.time), point.data.event.statements.slice(0, 6)),
    },
  };
}

function eventsTable() {
  const omitted = DATA.history.eventsOmitted;
  const rows = DATA.history.events.map((e) => [count(e.version), moment(e.time),
    e.marks.map((m) => MARKS[m.kind].word + (m.segment === undefined ? "" : " " + shortName(m.segment))).join(", "),
    el("ul", { class: "plain" }, e.statements.map((s) => el("li", null, s)))]);
  const shown = table("Versions that did more than move centroids", ["Version", "Closed at", "Marks", "What changed"], rows);
  return omitted > 0 ? [el("p", { class: "note" }, count(omitted) + " older ones are left out."), shown] : shown;
}

function qualityWords() {
  const last = DATA.history.quality[DATA.history.quality.length - 1];
  return "Four lines over time: " + QUALITIES.map((q) => q.name + " (" + q.hint + "), at the end " + number(last[q.key])).join("; ") + ".";
}

function qualityOption(look) {
  const points = DATA.history.quality;
  const top = (i) => 34 + i * 118;
    return {
    title: QUALITIES.map((q, i) => ({
      text: "{name|" + q.name + "}" + (look.narrow ? "" : "  {hint|" + q.hint + "}"), left: 0, top: top(i) - 30, padding: 0,
      textStyle: { rich: { name: { color: look.text, fontSize: 13, fontWeight: 600 }, hint: { color: look.faint, fontSize: 12 } } },
    })),
    grid: QUALITIES.map((_, i) => ({ left: 44, right: 14, top: top(i) + 8, height: 62 })),
    tooltip: tooltip(look, {
      trigger: "axis",
      formatter: (series) => {
        const point = points[series[0].dataIndex];
        return tip("Version " + point.version + ", " + moment(point.time),
          [...QUALITIES.map((q) => q.name + ": " + qualityValue(q, point)), "Votes: " + count(point.votes)]);
      },
    }),
    axisPointer: { link: [{ xAxisIndex: "all" }] },
    xAxis: QUALITIES.map((_, i) => timeAxis(look, {
      gridIndex: i, axisLabel: { show: i === QUALITIES.length - 1, color: look.faint, hideOverlap: true, formatter: axisTime },
    })),
    yAxis: QUALITIES.map((q, i) => valueAxis(look, {
      gridIndex: i, splitNumber: 2, scale: q.key !== "relabelled",
      axisLabel: { color: look.faint, fontSize: 11, hideOverlap: true, formatter: q.key === "relabelled" ? (v) => number(100 * v) + " %" : number },
    })),
    series: QUALITIES.map((q, i) => ({
      type: "line", xAxisIndex: i, yAxisIndex: i, symbol: points.length < 2 ? "circle" : "none",
      lineStyle: { width: 1.6, color: css("--accent") }, itemStyle: { color: css("--accent") },
      data: points.map((p) => [p.time, p[q.key] ?? null]),
    })),
  };
}

function qualityValue(quality, point) {
  return quality.key === "relabelled" ? percent(point.relabelled) : number(point[quality.key]);
}

function qualityTable() {
  return table("Quality of each version", ["Version", "Closed at", "Votes", ...QUALITIES.map((q) => q.name)],
    DATA.history.quality.map((p) => [count(p.version), moment(p.time), count(p.votes), ...QUALITIES.map((q) => qualityValue(q, p))]));
}

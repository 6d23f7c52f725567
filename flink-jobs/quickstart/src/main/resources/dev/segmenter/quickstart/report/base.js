// SPDX-License-Identifier: Apache-2.0
// Data, words and elements. Texts from the data only ever enter the page as text nodes.

const DATA = JSON.parse(document.getElementById("data").textContent);
const NOWHERE = 0;
const DAY = 86400000;
const SEGMENTS = new Map(DATA.segments.map((segment, index) => [segment.id, { ...segment, index }]));

const CAUSES = {
  FIRST: "first segment",
  BEHAVIOUR: "the user changed",
  MODEL: "the model changed",
  EXPIRY: "silent for too long",
  ERASURE: "forgotten on request",
};

function byId(id) {
  return document.getElementById(id);
}

/** An element: attributes, then children (texts or nodes; null is left out). */
function el(tag, attributes, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** The same for a drawing. */
function svg(tag, attributes, ...children) {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value !== null && value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** About three digits, never an exponent. */
function number(value) {
  if (value === null || value === undefined) {
    return "unknown";
  }
  const size = Math.abs(value);
  const digits = size >= 100 || Number.isInteger(value) ? 0 : size >= 10 ? 1 : size >= 0.1 || size === 0 ? 2 : 3;
  return new Intl.NumberFormat("en", { maximumFractionDigits: digits }).format(value);
}

function count(value) {
  return whole.format(value);
}

function percent(share) {
  const value = 100 * share;
  return (value > 0 && value < 0.1 ? "< 0.1" : value.toFixed(1)) + " %";
}

function ratio(part, all) {
  return percent(all > 0 ? part / all : 0);
}

/** Two digits after the point, for figures without a unit. */
function fixed(value) {
  return Math.abs(value) < 0.005 ? "0.00" : value.toFixed(2).replace("-", "−");
}

function signed(value) {
  return value === 0 ? "±0" : (value > 0 ? "+" : "−") + count(Math.abs(value));
}

const dayFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const minuteFormat = new Intl.DateTimeFormat("en-GB", {
  day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", timeZone: "UTC",
});

function day(time) {
  return dayFormat.format(time);
}

function minute(time) {
  return minuteFormat.format(time);
}

/** Days where a day is much, minutes where it is little. */
function moment(time) {
  return DATA.to - DATA.from > 14 * DAY ? day(time) : minute(time);
}

function labelOf(id) {
  return SEGMENTS.has(id) ? SEGMENTS.get(id).label : "segment " + id;
}

function shortName(id) {
  return "#" + id;
}

function longName(id) {
  return shortName(id) + " " + labelOf(id);
}

/** A segment's mark and name, the same everywhere. */
function chip(id, label) {
  return el("span", { class: "chip" }, mark(id), el("span", { class: "chip-id" }, shortName(id)), " ", label || labelOf(id));
}

/** A table with a caption for readers, numbers to the right. Cells may be nodes. */
function table(caption, head, rows) {
  const numeric = head.map((_, i) => rows.length > 0 && rows.every((row) => isNumeric(row[i])));
  const cell = (tag, value, i, scope) => el(tag, { class: numeric[i] ? "number" : null, scope }, value);
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    el("table", null,
      el("caption", null, caption),
      el("thead", null, el("tr", null, head.map((name, i) => cell("th", name, i, "col")))),
      el("tbody", null, rows.map((row) => el("tr", null,
        row.map((value, i) => (i === 0 ? cell("th", value, i, "row") : cell("td", value, i))))))));
}

function isNumeric(value) {
  return typeof value === "string" && /^[+−±<–-]?\s?[\d.,]+( %)?$|^–$|^unknown$/.test(value);
}

/** Fills a details element when it is first opened: long tables cost nothing until then. */
function onFirstOpen(id, build) {
  const details = byId(id);
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) {
      details.append(...[build()].flat());
    }
  });
}

/** Buttons of a group of which one is pressed. */
function switcher(group, choose) {
  const buttons = [...group.querySelectorAll("button")];
  for (const button of buttons) {
    button.addEventListener("click", () => {
      buttons.forEach((other) => other.setAttribute("aria-pressed", String(other === button)));
      choose(button);
    });
  }
}

// SPDX-License-Identifier: Apache-2.0
// Centroids and a sample of users on the two principal axes.

const LOADINGS_SHOWN = 5;

function drawMap() {
  const { axes, centroids, users } = DATA.map;
  if (axes.length === 0) {
    byId("map-intro").textContent = "There is no map without a model and users.";
    return nothing("map-chart", "Nothing to draw.");
  }
  byId("map-intro").textContent = mapIntro(axes, users);
  const ids = centroids.map((c) => c[0]).sort((a, b) => a - b);
  legend(byId("map-legend"), ids);
  chart("map-chart", () => mapWords(axes, centroids, users), (look) => mapOption(look, ids));
  byId("map-axes").append(...axes.map(axisCard));
  onFirstOpen("map-table", () => mapTables(axes, centroids, users));
}

function mapIntro(axes, users) {
  const kept = axes.reduce((sum, axis) => sum + axis.share, 0);
  return "The two directions in which users differ most (principal components). They keep "
    + percent(kept) + " of all differences, so neighbours here may still differ in the rest. Large marks are centroids; small ones "
    + count(users.length) + " users of " + count(DATA.counts.users)
    + ", each as of its last explained move: users who never moved between segments carry no values and are missing, and who moved long ago may stand elsewhere now.";
}

function mapWords(axes, centroids, users) {
  return "Scatter plot of " + centroids.length + " centroids and " + count(users.length) + " users on two principal axes. "
    + axes.map((axis, i) => axisName(i) + ": " + strongest(axis)).join(". ") + ".";
}

function axisName(i) {
  return i === 0 ? "Left to right" : "Bottom to top";
}

function strongest(axis) {
  return axis.loadings.slice(0, 2).map((l) => (l.weight > 0 ? "more " : "fewer ") + l.title).join(", ");
}

function mapOption(look, ids) {
  const { axes, centroids, users } = DATA.map;
  const name = (i) => (axes[i] ? axisName(i) + " (" + percent(axes[i].share) + ")" : "");
  const axis = (i) => valueAxis(look, {
    name: name(i), nameLocation: "middle", nameGap: i === 0 ? 26 : 30, nameTextStyle: { color: look.faint }, scale: true,
    axisLabel: { color: look.faint, formatter: (v) => String(Math.round(v)).replace("-", "−") },
    axisLine: { lineStyle: { color: look.line } }, axisTick: { show: false },
  });
  const cloud = ids.map((id) => ({
    type: "scatter",
    ...symbol(shapeOf(id)),
    symbolSize: look.narrow ? 5 : 7,
    silent: true,
    itemStyle: { color: colorOf(id), opacity: 0.5 },
    data: users.filter((u) => u[0] === id).map((u) => [u[1], u[2]]),
  }));
  const centres = centroids.map(([id, x, y]) => ({
    type: "scatter",
    ...symbol(shapeOf(id)),
    symbolSize: 24,
    z: 5,
    itemStyle: { color: colorOf(id), opacity: 1, borderColor: look.surface, borderWidth: 2.5 },
    label: {
      show: true, position: "right", distance: 6, color: look.text, fontWeight: 600, fontSize: 13,
      textBorderColor: look.surface, textBorderWidth: 3, formatter: () => shortName(id),
    },
    data: [[x, y]],
    tooltip: { formatter: () => tip(longName(id), [count(SEGMENTS.get(id).users) + " users"]) },
  }));
  return {
    grid: { left: 46, right: 18, top: 14, bottom: 46 },
    tooltip: tooltip(look, { trigger: "item" }),
    xAxis: axis(0),
    yAxis: axis(1),
    series: [...cloud, ...centres],
  };
}

/** Which features make an axis, as bars from the middle. */
function axisCard(axis, i) {
  return el("div", { class: "axis" },
    el("h3", null, axisName(i), el("span", { class: "note" }, " " + percent(axis.share) + " of the variance")),
    el("p", { class: "note" }, (i === 0 ? "Further right" : "Further up") + ": " + strongest(axis)),
    el("ul", { class: "loadings" }, axis.loadings.slice(0, LOADINGS_SHOWN).map((l) =>
      el("li", null, el("span", null, l.title), divergingBar(l.weight, 1),
        el("span", { class: "number" }, fixed(l.weight))))));
}

/** A bar from the middle to the right or left; the number beside it says the same. */
function divergingBar(value, most) {
  const width = Math.min(50, 50 * Math.abs(value) / (most || 1)).toFixed(1);
  return el("span", { class: "diverging", "aria-hidden": "true" },
    el("span", { class: value >= 0 ? "plus" : "minus", style: "width:" + width + "%" }));
}

function mapTables(axes, centroids, users) {
  return [
    table("Centroids and users on the map", ["Segment", "Left to right", "Bottom to top", "Users drawn"],
      centroids.map(([id, x, y]) => [chip(id), fixed(x), fixed(y), count(users.filter((u) => u[0] === id).length)])),
    table("Loadings of the axes", ["Feature", ...axes.map((_, i) => axisName(i))],
      [...axes[0].loadings].map((l) => [l.title, ...axes.map((a) => fixed(a.loadings.find((o) => o.feature === l.feature).weight))])),
  ];
}

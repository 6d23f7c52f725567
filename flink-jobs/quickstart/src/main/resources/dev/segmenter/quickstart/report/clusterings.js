// SPDX-License-Identifier: Apache-2.0
// The users on their principal axes, Ward's tree, and the walk through the density.

const NOISE = -1;
const MOST_POINTS = 1500;
const MOST_BARS = 360;
const MERGES_SHOWN = 30;
const idOf = (cluster) => DATA.segments[cluster].id;
let mapColours = "cluster";

/** Groups by density have the palette's colours in order of size; no user without a group has one. */
function groupColor(group, look) {
  const palette = PALETTES[isDark() ? "dark" : "light"];
  return group === NOISE ? look.faint : palette[group % palette.length];
}

function groupLegend(host, groups) {
  const shown = groups.slice(0, SHAPES.length);
  const rest = groups.length - shown.length;
  host.replaceChildren(
    ...shown.map((size, group) => el("li", { class: "swatch", style: "--key:" + groupColor(group, {}) }, count(size) + " users")),
    ...(rest > 0 ? [el("li", null, "and " + rest + " smaller, in the same colours again")] : []),
    el("li", { class: "swatch", style: "--key:var(--faint)" }, count(DATA.density.noise) + " in no group"));
}

function drawUsers() {
  const points = DATA.points.slice(0, MOST_POINTS);
  const kept = DATA.axes.reduce((sum, axis) => sum + axis.share, 0);
  byId("map-intro").textContent = "The two directions in which users differ most (principal components). They keep " + percent(kept)
    + " of all differences, so neighbours here may still differ in the rest. " + count(points.length) + " users of "
    + count(DATA.points.length) + " in the sample.";
  const legends = () => (mapColours === "cluster"
    ? legend(byId("map-legend"), DATA.segments.map((s) => s.id)) : groupLegend(byId("map-legend"), DATA.density.sizes));
  const entry = chart("map-chart", () => "Scatter plot of " + count(points.length) + " users on two principal axes. "
    + DATA.axes.map((axis, i) => axisName(i) + ": " + strongest(axis)).join(". ") + ".", (look) => {
    legends();
    return usersOption(look, points);
  });
  switcher(document.querySelector("#map .switch"), (button) => {
    mapColours = button.dataset.colours;
    entry.draw();
  });
  byId("map-axes").append(...DATA.axes.map(axisCard));
  onFirstOpen("map-table", () => table("Loadings of the axes", ["Feature", ...DATA.axes.map((_, i) => axisName(i))],
    DATA.axes[0].loadings.map((l) => [l.title, ...DATA.axes.map((a) => fixed(a.loadings.find((o) => o.feature === l.feature).weight))])));
}

function usersOption(look, points) {
  const byCluster = mapColours === "cluster";
  const keys = byCluster ? DATA.segments.map((s) => s.cluster) : [NOISE, ...DATA.density.sizes.keys()];
  const axis = (i) => valueAxis(look, {
    name: DATA.axes[i] ? axisName(i) + " (" + percent(DATA.axes[i].share) + ")" : "", nameLocation: "middle", nameGap: i === 0 ? 26 : 30,
    nameTextStyle: { color: look.faint }, scale: true, axisLine: { lineStyle: { color: look.line } }, axisTick: { show: false },
    axisLabel: { color: look.faint, formatter: (v) => String(Math.round(v)).replace("-", "−") },
  });
  return {
    grid: { left: 46, right: 18, top: 14, bottom: 46 },
    xAxis: axis(0),
    yAxis: axis(1),
    series: keys.map((key) => ({
      type: "scatter",
      ...(byCluster ? symbol(shapeOf(idOf(key))) : { symbol: "circle" }),
      symbolSize: look.narrow ? 5 : 7,
      silent: true,
      itemStyle: { color: byCluster ? colorOf(idOf(key)) : groupColor(key, look), opacity: key === NOISE ? 0.35 : 0.6 },
      data: points.filter((p) => (byCluster ? p.cluster : p.density) === key).map((p) => [p.x, p.y]),
    })),
  };
}

/** Each cluster of the tree: where it stands, how high it joins, and the segment that most of its users are in. */
function layout() {
  const { leaves, merges } = DATA.tree;
  const m = leaves.length;
  const nodes = leaves.map((leaf) => ({ height: 0, votes: new Map([[leaf.cluster, leaf.users]]) }));
  merges.forEach(({ left, right, height }) => {
    const votes = new Map(nodes[left].votes);
    nodes[right].votes.forEach((users, cluster) => votes.set(cluster, (votes.get(cluster) || 0) + users));
    nodes.push({ left, right, height: Math.sqrt(height), votes });
  });
  let next = 0;
  const place = (i) => {
    const node = nodes[i];
    if (i < m) {
      node.x = next++;
    } else {
      place(node.left);
      place(node.right);
      node.x = (nodes[node.left].x + nodes[node.right].x) / 2;
    }
  };
  place(nodes.length - 1);
  return nodes;
}

function mostOf(votes) {
  return [...votes].reduce((most, vote) => (vote[1] > most[1] ? vote : most))[0];
}

function drawTree() {
  const { leaves, merges, agreement, k } = DATA.tree;
  const m = leaves.length;
  byId("tree-intro").textContent = "Ward's method joins, step by step, the two clusters whose union costs least; a long branch is a gap, its height the square root of the cost. It begins with "
    + count(m) + " fine clusters. The dashed line cuts it into " + DATA.k + " clusters, as many as the model has: they agree with the model to "
    + fixed(agreement) + " (1: the same). Its longest branch is where it is cut into " + k + ".";
  const nodes = layout();
  const cut = (nodes[2 * m - DATA.k - 1].height + (nodes[2 * m - DATA.k] || { height: nodes[2 * m - 2].height * 1.1 }).height) / 2;
  chart("tree-chart", () => "Dendrogram of " + count(m) + " fine clusters, cut into " + DATA.k + ".", (look) => ({
    grid: { left: 52, right: 14, top: 14, bottom: 18 },
    xAxis: { type: "value", min: -1, max: m, show: false },
    yAxis: valueAxis(look, { axisLine: { show: false }, axisTick: { show: false }, min: 0, max: Math.ceil(1.04 * nodes[2 * m - 2].height), axisLabel: { color: look.faint, showMaxLabel: false, formatter: number } }),
    series: [{
      type: "custom",
      silent: true,
      data: nodes.slice(m).map((_, i) => [m + i]),
      encode: { x: [], y: [] },
      renderItem: (_, api) => branch(nodes, api, cut, look),
    }, {
      type: "line", silent: true, symbol: "none", data: [[-1, cut], [m, cut]],
      lineStyle: { color: look.text, type: "dashed", width: 1.4 },
    }],
  }));
  onFirstOpen("tree-table", () => table("The last merges, the highest first", ["Clusters before", "Clusters after", "Users joined", "Inertia added"],
    merges.slice(-MERGES_SHOWN).reverse().map((merge, i) => [String(i + 2), String(i + 1), count(merge.weight), number(merge.height)])));
}

function branch(nodes, api, cut, look) {
  const node = nodes[api.value(0)];
  const [a, b] = [nodes[node.left], nodes[node.right]];
  const below = node.height <= cut;
  const color = below ? colorOf(idOf(mostOf(node.votes))) : look.faint;
  const leg = (child) => (below || child.height > cut ? color : colorOf(idOf(mostOf(child.votes))));
  const line = (from, to, stroke) => ({
    type: "line",
    shape: { x1: api.coord(from)[0], y1: api.coord(from)[1], x2: api.coord(to)[0], y2: api.coord(to)[1] },
    style: { stroke, lineWidth: below ? 1.2 : 1.6 },
  });
  return {
    type: "group",
    children: [
      line([a.x, a.height], [a.x, node.height], leg(a)),
      line([a.x, node.height], [b.x, node.height], color),
      line([b.x, b.height], [b.x, node.height], leg(b)),
    ],
  };
}

/** Neighbouring steps of the walk as one bar: the farthest reach, and the group that most of them are in. */
function bars() {
  const { steps } = DATA.density;
  const width = Math.ceil(steps.length / MOST_BARS);
  const all = [];
  for (let from = 0; from < steps.length; from += width) {
    const some = steps.slice(from, from + width);
    const votes = new Map();
    some.forEach((step) => votes.set(step.density, (votes.get(step.density) || 0) + 1));
    all.push({ reach: Math.max(...some.map((step) => step.reachability)), group: mostOf(votes) });
  }
  return all;
}

function drawDensity() {
  const { density } = DATA;
  byId("density-intro").textContent = "HDBSCAN looks for groups of any shape that are denser than what lies between them, of at least "
    + count(density.min_cluster_size) + " users. It finds " + count(density.sizes.length) + "; " + count(density.noise) + " users ("
    + percent(density.noise_share) + ") belong to none. The plot walks through all users, always on to the one that is easiest to reach: valleys are dense groups, and a plot without valleys is one cloud."
    + (density.agreement === null ? "" : " Within the groups the model agrees to " + fixed(density.agreement) + " (1: the same).");
  const walked = bars();
  chart("density-chart", () => "Reachability plot of " + count(density.steps.length) + " users; " + count(density.sizes.length)
    + " groups, " + percent(density.noise_share) + " of the users in none.", (look) => {
    groupLegend(byId("density-legend"), density.sizes);
    return {
      grid: { left: 46, right: 14, top: 12, bottom: 32 },
      xAxis: {
        type: "category", data: walked.map((_, i) => i), name: "users in the order of the walk", nameLocation: "middle", nameGap: 12,
        nameTextStyle: { color: look.faint }, axisLabel: { show: false }, axisTick: { show: false }, axisLine: { lineStyle: { color: look.line } },
      },
      yAxis: valueAxis(look),
      series: [{
        type: "bar", silent: true, barCategoryGap: "0%",
        data: walked.map((bar) => ({ value: bar.reach, itemStyle: { color: groupColor(bar.group, look), opacity: bar.group === NOISE ? 0.6 : 1 } })),
      }],
    };
  });
  onFirstOpen("density-table", () => table("Groups by density", ["Group", "Users", "Share"],
    [...density.sizes.map((size, i) => [String(i + 1), count(size), ratio(size, density.steps.length)]),
      ["none", count(density.noise), percent(density.noise_share)]]));
}

startTheme();
drawOverview();
drawChoosing();
drawSegments();
drawUsers();
drawTree();
drawDensity();
followSections();

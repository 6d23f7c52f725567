// SPDX-License-Identifier: Apache-2.0
// The calibration's page: the recommendation, the figures by K, the segments.

const STRUCTURES = { CLEAR: "clear structure", WEAK: "weak structure", NONE: "no clear structure" };
const KS = DATA.by_k.map((figures) => figures.k);
const CHOSEN = DATA.by_k.find((figures) => figures.k === DATA.k);

function drawOverview() {
  const { recommendation, users, density } = DATA;
  document.title = "Calibration on " + DATA.input;
  byId("title").textContent = recommendation.sentence;
  byId("lead").textContent = count(users.events) + " events of " + count(users.seen) + " users from " + DATA.input + ", "
    + day(Date.parse(DATA.observed_since)) + " to " + minute(Date.parse(DATA.time)) + ". Figures on "
    + (users.sampled === users.live ? "all " + count(users.live) + " users live then" : count(users.sampled) + " of " + count(users.live) + " users live then")
    + ", " + DATA.features.length + " features, " + DATA.measure + " distance.";
  const recommended = DATA.by_k.find((figures) => figures.k === recommendation.k);
  const tiles = [
    [String(recommendation.k), "recommended K", STRUCTURES[recommendation.structure]],
    [fixed(recommended.silhouette), "silhouette", fixed(recommended.reference_silhouette) + " on users without groups"],
    [fixed(recommended.stability), "stability", "1: other samples give the same groups"],
    [DATA.elbow_k === null ? "none" : String(DATA.elbow_k), "elbow of the inertia", "K where further clusters help less"],
    [String(DATA.tree.k), "clusters by the tree", "where its longest branch is cut"],
    [String(density.sizes.length), "groups by density", percent(density.noise_share) + " of the users in none"],
  ];
  byId("tiles").append(...tiles.map(([figure, name, more]) =>
    el("div", null, el("dt", null, name), el("dd", null, el("strong", null, figure), el("span", null, more)))));
  byId("evidence").append(...sentences(recommendation.evidence, "Nothing does."));
  byId("contradictions").append(...sentences(recommendation.contradictions, "Nothing found."));
  byId("written").textContent = "Model " + DATA.model_name + " version " + count(DATA.model_version) + ", "
    + DATA.model_id.slice(0, 12) + (DATA.published ? ", published." : ", in snapshot.avro.") + " Seed " + DATA.seed + ".";
  onFirstOpen("input-table", inputTables);
}

function sentences(list, none) {
  return (list.length > 0 ? list : [none]).map((words) => el("li", null, words));
}

function inputTables() {
  const { users } = DATA;
  return [
    table("Users", ["Users", "Number"], [["with events", count(users.seen)], ["live at the last event", count(users.live)],
      ["over the quota, left out", count(users.flagged)], ["in the sample", count(users.sampled)]]),
    table("Features in transformed units; sigma 0 takes no part", ["Feature", "Mean", "Sigma"],
      DATA.features.map((feature) => [feature.title, fixed(feature.mean), fixed(feature.sigma)])),
  ];
}

/** Lines over K, with the model's K marked. */
function kChart(id, name, lines, describe, axis) {
  chart(id, () => describe, (look) => ({
    grid: { left: 52, right: 16, top: marks(lines[0]).length > 1 ? 44 : 30, bottom: 44 },
    tooltip: tooltip(look, {
      trigger: "axis",
      formatter: (points) => tip("K = " + KS[points[0].dataIndex],
        lines.map((line) => line.name + ": " + figure(line.values[points[0].dataIndex]))),
    }),
    xAxis: {
      type: "category", data: KS.map(String), name: "K", nameLocation: "middle", nameGap: 26,
      nameTextStyle: { color: look.faint }, axisLabel: { color: look.faint, hideOverlap: true },
      axisLine: { lineStyle: { color: look.line } }, axisTick: { show: false },
    },
    yAxis: valueAxis(look, { scale: true, ...axis }),
    series: lines.map((line, i) => ({
      type: "line",
      name: line.name,
      data: line.values,
      symbolSize: (_, at) => (i === 0 && KS[at.dataIndex] === DATA.k ? 11 : i === 0 ? 5 : 0),
      symbol: "circle",
      lineStyle: { width: i === 0 ? 2.5 : 2, type: line.dash || "solid", color: css(line.color) },
      itemStyle: { color: css(line.color) },
      markLine: i > 0 ? undefined : {
        silent: true, symbol: "none", animation: false,
        lineStyle: { color: look.faint, type: "dotted", width: 1.2 },
        label: { color: look.text, distance: 10, formatter: (mark) => mark.name, textBorderColor: look.surface, textBorderWidth: 3 },
        data: marks(line),
      },
    })),
  }));
}

/** The model's K, and above it what the line itself points at: both may stand side by side. */
function marks(line) {
  const at = (k, name) => ({ xAxis: KS.indexOf(k), name });
  const model = at(DATA.k, line.mark === DATA.k ? "K = " + DATA.k + ", " + line.markName : "K = " + DATA.k);
  return line.mark === undefined || line.mark === null || line.mark === DATA.k ? [model] : [model, { ...at(line.mark, line.markName), label: { offset: [0, -14] } }];
}

function figure(value) {
  return Math.abs(value) < 10 ? value.toFixed(3).replace("-", "−") : number(value);
}

function drawChoosing() {
  const by = (key) => DATA.by_k.map((figures) => figures[key]);
  byId("choosing-intro").textContent = "k-means with each K from " + KS[0] + " to " + KS[KS.length - 1] + ", " + CHOSEN.sse_by_seed.length
    + " starts each, the best one counts. No single figure decides: the silhouette is set against what k-means reaches on users without any groups, which the dashed line shows.";
  const silhouettes = [
    { name: "k-means", values: by("silhouette"), color: "--accent" },
    { name: "users without groups", values: by("reference_silhouette"), color: "--minus", dash: "dashed" },
    { name: "Ward's tree", values: by("ward_silhouette"), color: "--faint", dash: "dotted" },
  ];
  byId("silhouette-legend").append(...silhouettes.map((line) =>
    el("li", { class: "key " + (line.dash || ""), style: "--key:var(" + line.color + ")" }, line.name)));
  kChart("silhouette-chart", "Silhouette", silhouettes, "Line chart of the silhouette over K: " + fixed(CHOSEN.silhouette) + " at K = "
    + DATA.k + ", against " + fixed(CHOSEN.reference_silhouette) + " on users without groups.");
  kChart("stability-chart", "Stability", [{ name: "stability", values: by("stability"), color: "--accent" }],
    "Line chart of the stability over K: " + fixed(CHOSEN.stability) + " at K = " + DATA.k + ".", { max: 1 });
  kChart("inertia-chart", "Inertia", [{ name: "inertia", values: by("sse"), color: "--accent", mark: DATA.elbow_k, markName: "elbow" }],
    "Line chart of the inertia over K, " + (DATA.elbow_k === null ? "without an elbow." : "with its elbow at K = " + DATA.elbow_k + "."), { min: 0 });
  kChart("davies-bouldin-chart", "Davies-Bouldin index",
    [{ name: "index", values: by("davies_bouldin"), color: "--accent", mark: DATA.davies_bouldin_k, markName: "least" }],
    "Line chart of the Davies-Bouldin index over K, least at K = " + DATA.davies_bouldin_k + ".");
  onFirstOpen("choosing-table", () => table("Figures of each K",
    ["K", "Silhouette", "Without groups", "Stability", "Inertia", "Davies-Bouldin", "Ward's silhouette", "Smallest cluster"],
    DATA.by_k.map((f) => [String(f.k), figure(f.silhouette), figure(f.reference_silhouette), figure(f.stability), number(f.sse),
      figure(f.davies_bouldin), figure(f.ward_silhouette), count(f.sizes[f.sizes.length - 1])])));
}

function drawSegments() {
  byId("segments-intro").textContent = "The model with K = " + DATA.k + (DATA.k === DATA.recommendation.k ? "" : ", as asked for; recommended is " + DATA.recommendation.k)
    + ". Start a job from it with model.k: " + DATA.k + ".";
  byId("cards").append(...DATA.segments.map((segment) =>
    el("article", { class: "card " + colorClass(segment.id) },
      el("h3", null, mark(segment.id), el("span", { class: "card-id" }, shortName(segment.id)), segment.label),
      el("div", { class: "figures" }, el("div", null, el("strong", null, percent(segment.share)), count(segment.users) + " users of the sample")),
      el("p", { class: "sentence" }, segment.sentence))));
  onFirstOpen("segments-table", () => table("Segments", ["Segment", "Users", "Share", "What sets it apart"],
    DATA.segments.map((s) => [chip(s.id), count(s.users), percent(s.share), s.sentence])));
}

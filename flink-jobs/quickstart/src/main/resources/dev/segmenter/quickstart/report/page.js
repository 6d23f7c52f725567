// SPDX-License-Identifier: Apache-2.0
// Puts the page together.

function drawOverview() {
  const { counts, model } = DATA;
  document.title = "Segments of " + DATA.input;
  byId("title").textContent = "Segments of " + DATA.input;
  byId("lead").textContent = lead();
  const moves = (counts.changes.BEHAVIOUR || 0) + (counts.changes.MODEL || 0);
  const tiles = [
    [count(counts.events), "events read", processedWords()],
    [count(counts.users), "users in segments", "of " + count(counts.usersSeen) + " ever seen in one"],
    [count(model ? model.live : 0), "segments alive", model ? "of at most " + model.k : "no model yet"],
    [count(moves), "moves between segments", ratio(counts.changes.BEHAVIOUR || 0, moves) + " because the user changed"],
    [count(counts.changes.EXPIRY || 0), "exits by silence", "against " + count(counts.changes.FIRST || 0) + " arrivals, returns included"],
    [count(counts.versions), "model versions", "from " + count(counts.votes) + " votes"],
  ];
  byId("tiles").append(...tiles.map(([figure, name, more]) =>
    el("div", null, el("dt", null, name), el("dd", null, el("strong", null, figure), el("span", null, more)))));
  byId("findings").append(...DATA.findings.map((finding) => el("li", null, finding)));
  byId("written").textContent = "Written " + minute(DATA.writtenAt) + " UTC"
    + (model ? " from model " + model.name + " version " + count(model.version) + ", " + model.id.slice(0, 12) : "") + ".";
  onFirstOpen("input-table", inputTables);
}

function lead() {
  const { model, from: begin, to: until } = DATA;
  if (begin === undefined) {
    return "No records were written.";
  }
  const days = Math.max(1, Math.round((until - begin) / DAY));
  return moment(begin) + " to " + moment(until) + " (" + count(days) + (days === 1 ? " day" : " days") + ")"
    + (model ? ", model version " + count(model.version) + " on " + model.features + " features, " + model.measure + " distance, at most " + model.k + " segments"
      + (model.warming ? "; still warming: the longest window is not yet full" : "") : ", no model yet") + ".";
}

function processedWords() {
  const refused = Object.values(DATA.counts.refused).reduce((sum, n) => sum + n, 0);
  return refused === 0 ? "all counted" : count(DATA.counts.processed) + " counted, " + count(refused) + " not";
}

function inputTables() {
  const { counts } = DATA;
  return [
    table("Events", ["Events", "Number"], [["read", count(counts.events)], ["processed", count(counts.processed)],
      ...Object.entries(counts.refused).map(([reason, n]) => [reason, count(n)])]),
    table("Changes by cause", ["Cause", "Number"], Object.entries(counts.changes).map(([cause, n]) => [CAUSES[cause], count(n)])),
  ];
}

startTheme();
drawOverview();
drawSegments();
drawSizes();
drawFlows();
drawMap();
drawHistory();
drawChanges();
followSections();

// SPDX-License-Identifier: Apache-2.0
// Users in each segment over time, stacked.

let sizeUnit = "users";

function drawSizes() {
  const { times, users } = DATA.sizes;
  const ids = Object.keys(users).map(Number).sort((a, b) => a - b);
  if (times.length === 0) {
    return nothing("sizes-chart", "No changes were written.");
  }
  const totals = times.map((_, i) => ids.reduce((sum, id) => sum + users[id][i], 0));
  const value = (id, i) => (sizeUnit === "users" ? users[id][i] : totals[i] > 0 ? users[id][i] / totals[i] : 0);
  const written = (id, i) => (sizeUnit === "users" ? count(users[id][i]) : ratio(users[id][i], totals[i]));
  legend(byId("sizes-legend"), ids);

  const entry = chart("sizes-chart", () => sizeWords(ids, users, totals), (look) => ({
    grid: { left: 52, right: 14, top: 14, bottom: 30 },
    tooltip: tooltip(look, {
      trigger: "axis",
      formatter: (points) => {
        const i = points[0].dataIndex;
        return tip(moment(times[i]) + ", " + count(totals[i]) + " users",
          ids.filter((id) => users[id][i] > 0).reverse().map((id) => el("span", null, chip(id), ": " + written(id, i))));
      },
    }),
    xAxis: timeAxis(look),
    yAxis: valueAxis(look, sizeUnit === "share"
      ? { max: 1, axisLabel: { color: look.faint, formatter: (share) => 100 * share + " %" } } : {}),
    series: ids.map((id) => ({
      name: shortName(id),
      type: "line",
      stack: "all",
      symbol: "none",
      lineStyle: { width: 1, color: look.surface },
      itemStyle: { color: colorOf(id) },
      areaStyle: { color: colorOf(id), opacity: 0.88 },
      data: times.map((time, i) => [time, value(id, i)]),
    })),
  }));

  switcher(document.querySelector("#sizes .switch"), (button) => {
    sizeUnit = button.dataset.unit;
    entry.draw();
  });
  onFirstOpen("sizes-table", () => table("Users by segment at the end of each bucket of time",
    ["Until", ...ids.map(longName), "All"],
    times.map((time, i) => [moment(time), ...ids.map((id) => count(users[id][i])), count(totals[i])])));
}

function sizeWords(ids, users, totals) {
  const last = totals.length - 1;
  return "Stacked areas: users in each segment over time. At the end "
    + ids.filter((id) => users[id][last] > 0).map((id) => longName(id) + " " + count(users[id][last])).join(", ")
    + ". The table below holds all numbers.";
}

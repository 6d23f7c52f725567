// SPDX-License-Identifier: Apache-2.0
// From where to where, as a Sankey diagram of two columns.

const SOURCE_OF = { FIRST: "arrival" };
const SINK_OF = { EXPIRY: "silent", ERASURE: "erased" };
const OUTSIDE = { arrival: "new or back", silent: "left by silence", erased: "forgotten" };
const OUTSIDE_SHORT = { arrival: "new", silent: "silent", erased: "erased" };

function drawFlows() {
  const period = byId("flows-period");
  const kind = byId("flows-kind");
  period.append(...DATA.flows.map((p, i) => el("option", { value: i }, p.name)));
  if (DATA.flows[0].flows.length === 0) {
    return nothing("flows-chart", "No changes were written.");
  }
  const chosen = () => selected(DATA.flows[Number(period.value) || 0].flows, kind.value);
  const entry = chart("flows-chart", () => flowWords(chosen()), (look) => flowOption(look, merged(chosen())));
  const update = () => {
    byId("flows-summary").textContent = flowWords(chosen());
    entry.draw();
    const details = byId("flows-table");
    if (details.open) {
      details.lastElementChild.replaceWith(flowTable());
    } else if (details.childElementCount > 1) {
      details.lastElementChild.remove();
    }
  };
  const flowTable = () => table("Flows, " + DATA.flows[Number(period.value) || 0].name, ["From", "To", "Cause", "Times"],
    [...chosen()].sort((a, b) => b.count - a.count).map((f) => [endName(from(f)), endName(to(f)), CAUSES[f.cause], count(f.count)]));
  period.addEventListener("change", update);
  kind.addEventListener("change", update);
  update();
  onFirstOpen("flows-table", flowTable);
}

function selected(flows, kind) {
  switch (kind) {
    case "all": return flows;
    case "between": return flows.filter((f) => f.from !== NOWHERE && f.to !== NOWHERE);
    default: return flows.filter((f) => f.cause === kind);
  }
}

function from(flow) {
  return flow.from === NOWHERE ? SOURCE_OF[flow.cause] || "arrival" : flow.from;
}

function to(flow) {
  return flow.to === NOWHERE ? SINK_OF[flow.cause] || "silent" : flow.to;
}

/** Flows of equal ends in one. */
function merged(flows) {
  const ways = new Map();
  for (const flow of flows) {
    const key = from(flow) + ">" + to(flow);
    const way = ways.get(key) || { from: from(flow), to: to(flow), count: 0, byModel: 0 };
    way.count += flow.count;
    way.byModel += flow.cause === "MODEL" ? flow.count : 0;
    ways.set(key, way);
  }
  return [...ways.values()];
}

function endName(end) {
  return OUTSIDE[end] || longName(end);
}

function flowWords(flows) {
  const all = flows.reduce((sum, f) => sum + f.count, 0);
  if (all === 0) {
    return "No such moves in this period.";
  }
  const most = merged(flows).sort((a, b) => b.count - a.count)[0];
  return count(all) + " moves; the commonest: " + endName(most.from) + " → " + endName(most.to) + ", " + count(most.count) + " times.";
}

function flowOption(look, ways) {
  const margin = look.narrow ? 52 : Math.min(312, look.width / 3.4);
  const color = (end) => (OUTSIDE[end] ? look.faint : colorOf(end));
  const ends = (side) => [...new Set(ways.map((w) => w[side]))].sort((a, b) => order(a) - order(b));
  const node = (end, side) => ({
    name: side + ":" + end,
    depth: side === "from" ? 0 : 1,
    itemStyle: { color: color(end), borderWidth: 0 },
    label: {
      position: side === "from" ? "left" : "right",
      formatter: () => (look.narrow ? OUTSIDE_SHORT[end] || shortName(end) : endName(end)),
    },
  });
  return {
    tooltip: tooltip(look, { trigger: "item", formatter: (point) => flowTip(point, ways) }),
    series: [{
      type: "sankey",
      left: margin, right: margin, top: 10, bottom: 10,
      nodeWidth: 14,
      nodeGap: 15,
      layoutIterations: 0,
      draggable: false,
      emphasis: { focus: "adjacency" },
      label: { color: look.text, fontSize: 12.5, width: margin - 14, overflow: "truncate" },
      lineStyle: { color: "source", opacity: isDark() ? 0.4 : 0.32, curveness: 0.5 },
      data: [...ends("from").map((e) => node(e, "from")), ...ends("to").map((e) => node(e, "to"))],
      links: ways.map((w) => ({ source: "from:" + w.from, target: "to:" + w.to, value: w.count, way: w })),
    }],
  };
}

function order(end) {
  return OUTSIDE[end] ? 1e9 : end;
}

function flowTip(point, ways) {
  if (point.dataType === "edge") {
    const way = point.data.way;
    return tip(endName(way.from) + " → " + endName(way.to),
      [count(way.count) + " times", way.byModel > 0 ? count(way.byModel) + " of them because the model changed" : null].filter(Boolean));
  }
  const [side, end] = point.name.split(":");
  const sum = ways.filter((w) => String(w[side]) === end).reduce((total, w) => total + w.count, 0);
  return tip(endName(OUTSIDE[end] ? end : Number(end)), [count(sum) + (side === "from" ? " left from here" : " came here")]);
}

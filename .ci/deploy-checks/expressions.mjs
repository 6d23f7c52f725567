// SPDX-License-Identifier: Apache-2.0
// expressions.mjs DASHBOARD RULES METRIC_NAMES: prints the dashboard's expressions as a rule file, for
// promtool to check, and fails if a dashboard or rule asks for a job's metric that is not declared.
import { readFileSync } from "node:fs";
import { stringify } from "yaml";

const GROUP = /flink_taskmanager_job_task_operator_segmenter_([a-z_]+)/g;
const [dashboardPath, rulesPath, metricNamesPath] = process.argv.slice(2);
const dashboard = JSON.parse(readFileSync(dashboardPath, "utf8"));

const expressions = dashboard.panels.flatMap((panel) => panel.targets.map((target) => target.expr));
if (expressions.length === 0) {
  throw new Error(`${dashboardPath}: no panel has an expression`);
}

function declaredMetrics() {
  const source = readFileSync(metricNamesPath, "utf8");
  return [...source.matchAll(/String [A-Z_]+ = "([a-z_]+)"/g)].map((match) => match[1]);
}

// A declared name that ends in _ is a prefix: users_slot_0, changes_first.
function isDeclared(name, declared) {
  return declared.some((d) => d === name || (d.endsWith("_") && name.startsWith(d)));
}

const declared = declaredMetrics();
const used = expressions.concat(readFileSync(rulesPath, "utf8")).join("\n");
const names = new Set([...used.matchAll(GROUP)].map((match) => match[1]));
const unknown = [...names].filter((name) => !isDeclared(name, declared));
if (unknown.length > 0) {
  console.error(`${metricNamesPath} declares no metric ${unknown.join(", ")}`);
  process.exit(1);
}

const rules = expressions.map((expr, index) => ({
  record: `dashboard:expression_${index}`,
  expr: expr.replaceAll("$job", ".+"),
}));
console.log(stringify({ groups: [{ name: "dashboard", rules }] }));

// SPDX-License-Identifier: Apache-2.0
// flink-deployment.mjs RENDERED [--no-placeholders]: every FlinkDeployment of a rendered kustomization
// against the operator's CRD. The generated validator holds types and enums but lets unknown fields
// pass, as the API server does by pruning them; the generated TypeScript types refuse those.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { FlinkDeployment } from "@kubernetes-models/flink/flink.apache.org/v1beta1/FlinkDeployment";
import ts from "typescript";
import { parseAllDocuments } from "yaml";

const [path, ...options] = process.argv.slice(2);
const text = readFileSync(path, "utf8");
const resources = parseAllDocuments(text).map((document) => document.toJS());
const deployments = resources.filter((resource) => resource.kind === "FlinkDeployment");
const faults = [];

function schemaFaults(deployment) {
  try {
    new FlinkDeployment(deployment).validate();
    return [];
  } catch (error) {
    return [error.message];
  }
}

function typeFaults(deployment) {
  const source = new URL("deployment.generated.mts", import.meta.url).pathname;
  const literal = JSON.stringify(deployment, null, 1);
  writeFileSync(
    source,
    `import type { IFlinkDeployment } from
      "@kubernetes-models/flink/flink.apache.org/v1beta1/FlinkDeployment";
    export const deployment: IFlinkDeployment = ${literal};\n`,
  );
  const program = ts.createProgram([source], {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    noEmit: true,
    skipLibCheck: true,
    strict: true,
    target: ts.ScriptTarget.ES2022,
    types: [],
  });
  const messages = ts
    .getPreEmitDiagnostics(program)
    .map((diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.messageText, " "));
  rmSync(source);
  return messages;
}

function policyFaults({ apiVersion, spec }) {
  const found = [];
  if (apiVersion !== "flink.apache.org/v1beta1") {
    found.push(`apiVersion is ${apiVersion}`);
  }
  for (const [key, value] of Object.entries(spec.flinkConfiguration)) {
    if (typeof value !== "string") {
      found.push(`flinkConfiguration.${key} is no string; quote it`);
    }
  }
  const configMaps = resources.filter((r) => r.kind === "ConfigMap").map((r) => r.metadata.name);
  for (const { configMap } of spec.podTemplate.spec.volumes) {
    if (configMap && !configMaps.includes(configMap.name)) {
      found.push(`mounts the ConfigMap ${configMap.name}, which is not among ${configMaps}`);
    }
  }
  const accounts = resources.filter((r) => r.kind === "ServiceAccount").map((r) => r.metadata.name);
  if (!accounts.includes(spec.serviceAccount)) {
    found.push(`runs as ${spec.serviceAccount}, which is not among ${accounts}`);
  }
  return found;
}

if (deployments.length === 0) {
  faults.push("there is no FlinkDeployment");
}
if (options.includes("--no-placeholders") && text.includes("CHANGE-ME")) {
  faults.push("a CHANGE-ME of the base was not replaced");
}
for (const deployment of deployments) {
  faults.push(...schemaFaults(deployment), ...typeFaults(deployment), ...policyFaults(deployment));
}
if (faults.length > 0) {
  console.error(faults.map((fault) => `${path}: ${fault}`).join("\n"));
  process.exit(1);
}

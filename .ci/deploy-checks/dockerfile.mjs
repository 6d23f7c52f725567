// SPDX-License-Identifier: Apache-2.0
// dockerfile.mjs DOCKERFILE IMAGE: syntax, the expected base image, a user that is not root, and a
// command whose arguments reach the job.
import { readFileSync } from "node:fs";
import { DockerfileParser } from "dockerfile-ast";
import { validate } from "dockerfile-utils";

const [path, baseImage] = process.argv.slice(2);
const text = readFileSync(path, "utf8");
const dockerfile = DockerfileParser.parse(text);
const faults = validate(text).map((d) => `line ${d.range.start.line + 1}: ${d.message}`);

const instructions = dockerfile.getInstructions();
const last = (keyword) =>
  instructions.filter((i) => i.getKeyword() === keyword).at(-1)?.getArgumentsContent();

if (last("FROM") !== baseImage) {
  faults.push(`the base image is ${last("FROM")}; the build's Flink version asks for ${baseImage}`);
}
if (["root", "0", undefined].includes(last("USER"))) {
  faults.push("the container would run as root; end with a USER of its own");
}
if (!instructions.some((i) => i.getKeyword() === "HEALTHCHECK")) {
  faults.push("there is no HEALTHCHECK");
}
if (!/"--",\s*\\?\s*"--config"/.test(text)) {
  faults.push("the job's arguments need a -- before them; Flink reads --config as its --configDir");
}
if (faults.length > 0) {
  console.error(faults.map((fault) => `${path}: ${fault}`).join("\n"));
  process.exit(1);
}

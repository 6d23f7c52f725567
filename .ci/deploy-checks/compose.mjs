// SPDX-License-Identifier: Apache-2.0
// compose.mjs RESOLVED: what dclint has no rule for, on the output of `docker-compose config`.
import { readFileSync } from "node:fs";
import { parse } from "yaml";

const [path] = process.argv.slice(2);
const { services } = parse(readFileSync(path, "utf8"));
const faults = [];

for (const [name, service] of Object.entries(services)) {
  const fault = (message) => faults.push(`${name}: ${message}`);
  if (service.privileged) {
    fault("is privileged");
  }
  if (!service.mem_limit) {
    fault("has no mem_limit");
  }
  if (!service.cap_drop?.includes("ALL")) {
    fault("keeps capabilities; drop ALL");
  }
  if (!/:[^:/]*\d[^:/]*$/.test(service.image) || service.image.endsWith(":latest")) {
    fault(`image ${service.image} names no version`);
  }
  for (const port of service.ports ?? []) {
    if (!(port.host_ip ?? String(port)).startsWith("127.0.0.1")) {
      fault(`port ${JSON.stringify(port)} is open to other machines; bind 127.0.0.1`);
    }
  }
}
if (faults.length > 0) {
  console.error(faults.join("\n"));
  process.exit(1);
}

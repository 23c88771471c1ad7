// docs/asyncapi.yaml parses, and what Modelina makes of it tells the messages of each topic apart: node asyncapi.js ASYNCAPI FILE
import { Parser } from "@asyncapi/parser";
import { TypeScriptGenerator } from "@asyncapi/modelina";
import { readFileSync, writeFileSync } from "node:fs";

const [document, file] = process.argv.slice(2) as [string, string];
const parsed = await new Parser().parse(readFileSync(document, "utf8"));
// That there is a newer AsyncAPI is no fault of ours.
const faults = parsed.diagnostics.filter((it) => it.code !== "asyncapi-latest-version");
faults.forEach((it) => console.log(`${it.path.join("/")}: ${it.message}`));
if (faults.length > 0 || !parsed.document) process.exit(1);

const generator = () => new TypeScriptGenerator({ modelType: "interface", enumType: "union", rawPropertyNames: true });
const payloads = await generator().generate(parsed.document);
const headers = parsed.document
  .allMessages()
  .filterBy((it) => it.name() !== "DeadLetter")
  .map((it) => ({ ...(it.headers()?.json() as object), $id: `${it.name()}Headers` }));
const unions = await generator().generate({ $schema: "http://json-schema.org/draft-07/schema#", $id: "AnyHeaders", oneOf: headers });
const told = unions.find((it) => it.modelName === "AnyHeaders");
if (!told) throw new Error("no union of headers");

// The compiler then holds it to the rest: a case that is no message, or one that is forgotten, is a fault.
const names = headers.map((it) => it.$id.replace("Headers", ""));
writeFileSync(
  file,
  [...new Map([...payloads, ...unions].map((it) => [it.modelName, it.result])).values()].join("\n\n") +
    `

export function about(headers: AnyHeaders): string {
  switch (headers.ce_type) {
${names.map((it) => `    case "${it}":\n      return nameOf${it}(headers);`).join("\n")}
    default: {
      const forgotten: never = headers;
      return forgotten;
    }
  }
}
${names.map((it) => `const nameOf${it} = (headers: ${it}Headers): "${it}" => headers.ce_type;`).join("\n")}
`,
);
console.log(`${payloads.length} models of messages, ${names.length} headers told apart by ce_type`);

// Prints, as JSON, what Microsoft's schema finds wrong with the manifest on standard input. Offline: the schema comes
// from npm @microsoft/app-manifest, chosen by the manifest's own version, and is read by the validator that package uses.
const path = require("node:path");
const { createRequire } = require("node:module");
const { readFileSync } = require("node:fs");

const load = createRequire(path.join(__dirname, "..", "..", "bot", "demo", "package.json"));
const manifest = JSON.parse(readFileSync(0, "utf8"));
const schemas = path.join(path.dirname(load.resolve("@microsoft/app-manifest/package.json")), "build", "json-schemas");
const schema = path.join(schemas, "teams", `v${manifest.manifestVersion}`, "MicrosoftTeams.schema.json");

const ajv = new (load("ajv-draft-04"))({ allErrors: true, strictTypes: false });
load("ajv-formats")(ajv, ["uri", "email", "regex"]);
const validate = ajv.compile(JSON.parse(readFileSync(schema, "utf8").replace(/^\uFEFF/, "")));
validate(manifest);
console.log(JSON.stringify((validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`)));

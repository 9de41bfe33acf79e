// Takes from GitHub's own OpenAPI document the requests that muster may send, stricter where the
// document says so only in prose: who asks, how long texts may be, no member that is not known.
// What GitHub answers is not described.  usage: node openapi.mjs SOURCE TARGET
import fs from 'node:fs'

const [source, target] = process.argv.slice(2)
const document = JSON.parse(fs.readFileSync(source, 'utf8'))
const repository = '/repos/{owner}/{repo}'
const wanted = {
  '/user': ['get'],
  [`${repository}/pulls`]: ['get'],
  [`${repository}/pulls/{pull_number}`]: ['get'],
  [`${repository}/pulls/{pull_number}/files`]: ['get'],
  [`${repository}/commits/{commit_sha}/pulls`]: ['get'],
  [`${repository}/issues/{issue_number}/comments`]: ['get', 'post'],
  [`${repository}/issues/comments/{comment_id}`]: ['get', 'patch', 'delete'],
  [`${repository}/check-runs`]: ['post'],
  [`${repository}/check-runs/{check_run_id}`]: ['patch'],
  [`${repository}/commits/{ref}/check-runs`]: ['get'],
  [`${repository}/commits/{ref}/status`]: ['get'],
  [`${repository}/statuses/{sha}`]: ['post'],
}
const agent = { name: 'User-Agent', in: 'header', required: true, schema: { type: 'string', minLength: 1 } }
const version = {
  name: 'X-GitHub-Api-Version', in: 'header', required: true, schema: { type: 'string', enum: ['2022-11-28'] },
}

function resolve(value) {
  if (Array.isArray(value)) return value.map(resolve)
  if (!value || typeof value !== 'object') return value
  if (typeof value.$ref === 'string')
    return resolve(value.$ref.slice(2).split('/').reduce((at, name) => at[name], document))
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, resolve(inner)]))
}

// No object has members beside those that are described.
function close(schema) {
  if (!schema || typeof schema !== 'object') return
  if (schema.properties) schema.additionalProperties ??= false
  Object.values(schema).forEach(close)
}

function bound(properties) {
  if (properties.body) Object.assign(properties.body, { minLength: 1, maxLength: 65536 })
  if (properties.description) properties.description.maxLength = 140
  const output = properties.output?.properties
  if (!output) return
  output.title.maxLength = 255
  output.summary.maxLength = 65535
  output.annotations.maxItems = 50
}

function narrow(operation) {
  const parameters = resolve(operation.parameters ?? [])
  for (const one of parameters)
    if (one.name === 'per_page') Object.assign(one.schema, { minimum: 1, maximum: 100 })
  const schema = operation.requestBody && resolve(operation.requestBody.content['application/json'].schema)
  if (schema) {
    close(schema)
    bound(schema.properties)
  }
  return {
    operationId: operation.operationId,
    parameters: [...parameters, agent, version],
    security: [{ bearer: [] }],
    ...schema && { requestBody: { required: true, content: { 'application/json': { schema } } } },
    responses: { default: { description: 'whatever GitHub says' } },
  }
}

const paths = {}
for (const [path, methods] of Object.entries(wanted)) {
  paths[path] = {}
  for (const method of methods) paths[path][method] = narrow(document.paths[path][method])
}
fs.writeFileSync(target, JSON.stringify({
  openapi: document.openapi, info: document.info, paths,
  components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
}))

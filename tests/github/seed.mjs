// Starts emulate on loopback with one repository, an app that may write and one token that may only
// read, and prints what the harness needs as a line of JSON.  usage: node seed.mjs PORT
import crypto from 'node:crypto'
import net from 'node:net'

const port = Number(process.argv[2])
const origin = `http://127.0.0.1:${port}`
const repository = 'ci-bot/demo'
const user = 'tok_user'

// It would listen on every interface.
const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (where, host, ...rest) {
  return typeof where === 'number' && host == null
    ? listen.call(this, where, '127.0.0.1', ...rest)
    : listen.call(this, where, host, ...rest)
}

const permissions = {
  issues: 'write', pull_requests: 'write', checks: 'write', contents: 'write', metadata: 'read',
}
const { createEmulator } = await import('emulate')
const github = await createEmulator({
  service: 'github', port, baseUrl: origin,
  seed: {
    tokens: { [user]: { login: 'ci-bot', scopes: ['repo'] } },
    github: {
      users: [{ login: 'ci-bot' }],
      repos: [{ owner: 'ci-bot', name: 'demo', auto_init: true }],
      apps: [{
        app_id: 1, slug: 'muster', name: 'muster', permissions,
        installations: [{ installation_id: 10, account: 'ci-bot' }],
      }],
    },
  },
})

const encode = value => Buffer.from(JSON.stringify(value)).toString('base64url')

// An app proves itself with a signed statement of a few minutes.
function statement() {
  const key = github.generatedSecrets.find(one => one.kind === 'github.app_private_key').value
  const now = Math.floor(Date.now() / 1000)
  const text = encode({ alg: 'RS256', typ: 'JWT' }) + '.' +
    encode({ iss: '1', iat: now - 60, exp: now + 300 })
  return text + '.' + crypto.sign('sha256', Buffer.from(text), key).toString('base64url')
}

async function call(method, path, token, body) {
  const answer = await fetch(origin + path, {
    method, body: JSON.stringify(body),
    headers: {
      authorization: `Bearer ${token}`, 'content-type': 'application/json', 'user-agent': 'seed',
    },
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}

const mint = async wanted => (await call('POST', '/app/installations/10/access_tokens',
  statement(), { permissions: wanted })).token

const reads = Object.fromEntries(Object.keys(permissions).map(name => [name, 'read']))
console.log(JSON.stringify({
  origin, repository, user,
  bot: await mint(permissions),
  reader: await mint(reads),
  spent: await mint(permissions),
}))

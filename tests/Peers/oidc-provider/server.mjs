// An OpenID provider that is not ours, for the tests: oidc-provider on a free port of 127.0.0.1. When it serves, it prints one
// JSON line with all that a test needs to know; it ends when its standard input ends, so that it never outlives the tests.
// OAUTHPS_PEER_ACCESS_TOKEN_SECONDS and OAUTHPS_PEER_DEVICE_CODE_SECONDS shorten lifetimes.

import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

const seconds = (name, otherwise) => Number(process.env[`OAUTHPS_PEER_${name}_SECONDS`] ?? otherwise);
const secret = () => randomBytes(32).toString('base64url');

// Keys of this run: none is in the repository.
const jwk = (key, kid, alg) => ({ ...key.export({ format: 'jwk' }), kid, alg, use: 'sig' });
const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const elliptic = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const clientKey = elliptic();

const machine = (id, method, more) => ({
  client_id: id,
  token_endpoint_auth_method: method,
  grant_types: ['client_credentials'],
  response_types: [],
  redirect_uris: [],
  ...more,
});

// A native client may come back to any port of the loopback address (RFC 8252 section 7.3).
const person = (id, method, more) => ({
  client_id: id,
  token_endpoint_auth_method: method,
  application_type: 'native',
  grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
  response_types: ['code'],
  redirect_uris: ['http://127.0.0.1/', 'http://localhost/'],
  ...more,
});

const clients = {
  // Id and secret have the characters in which plain and form-encoded Basic differ; oidc-provider wants visible ASCII.
  basic: machine('basic+client', 'client_secret_basic', { client_secret: 's:e+c r%e&t=~' }),
  post: machine('post-client', 'client_secret_post', { client_secret: 's:e+c r%e&t=~' }),
  secretJwt: machine('secret-jwt-client', 'client_secret_jwt', { client_secret: secret() }),
  privateKeyJwt: machine('private-key-jwt-client', 'private_key_jwt', {
    token_endpoint_auth_signing_alg: 'ES256',
    jwks: { keys: [jwk(clientKey.publicKey, 'client-key', 'ES256')] },
  }),
  public: person('public-client', 'none'),
  confidential: person('confidential-client', 'client_secret_basic', { client_secret: secret() }),
};

// The port is known only when the server listens, and the issuer has it in it.
const server = createServer();
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: Object.values(clients),
  jwks: { keys: [jwk(rsa().privateKey, 'rsa-key', 'RS256'), jwk(elliptic().privateKey, 'ec-key', 'ES256')] },
  cookies: { keys: [secret()] },
  scopes: ['openid', 'offline_access', 'api:read', 'api:write'],
  claims: { openid: ['sub'], profile: ['name'], email: ['email'] },
  // Whoever signs in is who they say they are.
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, name: id, email: `${id}@example.com` }) }),
  features: {
    devInteractions: { enabled: true },
    clientCredentials: { enabled: true },
    deviceFlow: { enabled: true },
    introspection: { enabled: true },
    revocation: { enabled: true },
    userinfo: { enabled: true },
  },
  pkce: { required: () => true },
  rotateRefreshToken: true,
  ttl: {
    AccessToken: seconds('ACCESS_TOKEN', 3600),
    ClientCredentials: seconds('ACCESS_TOKEN', 3600),
    DeviceCode: seconds('DEVICE_CODE', 600),
    AuthorizationCode: 60,
    IdToken: 3600,
    RefreshToken: 86400,
    Grant: 86400,
    Interaction: 3600,
    Session: 86400,
  },
});
server.on('request', provider.callback());

console.log(JSON.stringify({
  issuer,
  clients: Object.fromEntries(Object.entries(clients).map(([name, client]) => [name, { id: client.client_id, secret: client.client_secret ?? null }])),
  privateKey: { id: 'client-key', pem: clientKey.privateKey.export({ type: 'pkcs8', format: 'pem' }) },
}));

process.stdin.resume().on('end', () => process.exit(0));

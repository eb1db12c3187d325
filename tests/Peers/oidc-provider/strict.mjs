// An OpenID provider that is not ours and that is as strict as it can be told to be, for the tests: oidc-provider on a free port of
// 127.0.0.1, where each client has to do what its name says. DPoP proofs need a nonce of the server's at every endpoint. It prints
// one JSON line when it serves, and ends when its standard input ends.
// With OAUTHPS_PEER_TLS_KEY and OAUTHPS_PEER_TLS_CERTIFICATE (PEM) it serves HTTPS, and takes client certificates.

import { generateKeyPairSync, randomBytes, X509Certificate } from 'node:crypto';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { errors, Provider } from 'oidc-provider';

const tls = process.env.OAUTHPS_PEER_TLS_KEY && { key: process.env.OAUTHPS_PEER_TLS_KEY, cert: process.env.OAUTHPS_PEER_TLS_CERTIFICATE };
const selfSigned = process.env.OAUTHPS_PEER_CLIENT_CERTIFICATE && new X509Certificate(process.env.OAUTHPS_PEER_CLIENT_CERTIFICATE);

const tokenExchange = 'urn:ietf:params:oauth:grant-type:token-exchange';
const jwtBearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const accessTokenType = 'urn:ietf:params:oauth:token-type:access_token';

const jwk = (key, kid, alg) => ({ ...key.export({ format: 'jwk' }), kid, alg, use: 'sig' });
const clientKey = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const clientKeys = { keys: [jwk(clientKey.publicKey, 'client-key', 'ES256')] };
const withKey = { token_endpoint_auth_method: 'private_key_jwt', token_endpoint_auth_signing_alg: 'ES256', jwks: clientKeys };

const machine = (id, more) => ({ client_id: id, grant_types: ['client_credentials'], response_types: [], redirect_uris: [], ...withKey, ...more });
const person = (id, more) => ({
  client_id: id,
  application_type: 'native',
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  redirect_uris: ['http://127.0.0.1/'],
  ...withKey,
  ...more,
});

const clients = {
  dpop: machine('dpop-client', { dpop_bound_access_tokens: true }),
  dpopPerson: person('dpop-public-client', { token_endpoint_auth_method: 'none', jwks: undefined, token_endpoint_auth_signing_alg: undefined, dpop_bound_access_tokens: true }),
  pushed: person('pushed-client', { require_pushed_authorization_requests: true }),
  requestObject: person('request-object-client', { require_signed_request_object: true, request_object_signing_alg: 'ES256' }),
  jarm: person('jarm-client', { authorization_signed_response_alg: 'RS256' }),
  strictest: person('strictest-client', {
    dpop_bound_access_tokens: true, require_pushed_authorization_requests: true, require_signed_request_object: true, request_object_signing_alg: 'ES256',
  }),
  resource: machine('resource-client', { authorization_details_types: ['payment_initiation'] }),
  exchange: machine('exchange-client', { grant_types: ['client_credentials', tokenExchange] }),
  assertion: machine('assertion-client', { grant_types: [jwtBearer] }),
  ...(tls && {
    tls: machine('tls-client', { token_endpoint_auth_method: 'tls_client_auth', token_endpoint_auth_signing_alg: undefined, jwks: undefined,
      tls_client_auth_subject_dn: selfSigned.subject, tls_client_certificate_bound_access_tokens: true }),
    selfSigned: machine('self-signed-client', { token_endpoint_auth_method: 'self_signed_tls_client_auth', token_endpoint_auth_signing_alg: undefined,
      jwks: { keys: [{ ...selfSigned.publicKey.export({ format: 'jwk' }), x5c: [selfSigned.raw.toString('base64')] }] }, tls_client_certificate_bound_access_tokens: true }),
  }),
};

const server = tls ? createHttpsServer({ ...tls, requestCert: true, rejectUnauthorized: false }) : createHttpServer();
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const issuer = `http${tls ? 's' : ''}://127.0.0.1:${server.address().port}`;

const presented = (ctx) => {
  const raw = ctx.req.socket.getPeerCertificate?.().raw;
  return raw && new X509Certificate(raw);
};

const provider = new Provider(issuer, {
  clients: Object.values(clients).map((client) => JSON.parse(JSON.stringify(client))),
  jwks: { keys: [jwk(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey, 'rsa-key', 'RS256')] },
  cookies: { keys: [randomBytes(32).toString('base64url')] },
  scopes: ['openid', 'offline_access', 'api:read'],
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  features: {
    devInteractions: { enabled: true },
    clientCredentials: { enabled: true },
    introspection: { enabled: true },
    revocation: { enabled: true },
    userinfo: { enabled: true },
    dPoP: { enabled: true, nonceSecret: randomBytes(32), requireNonce: () => true },
    pushedAuthorizationRequests: { enabled: true },
    requestObjects: { enabled: true },
    jwtResponseModes: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => undefined,
      useGrantedResource: () => true,
      getResourceServerInfo: (_, resource) => {
        if (!resource.startsWith('https://api.example.com/')) throw new errors.InvalidTarget();
        return { scope: 'api:read', audience: resource, accessTokenTTL: 600, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } } };
      },
    },
    richAuthorizationRequests: {
      enabled: true,
      types: { payment_initiation: { validate: (_, detail) => { if (!detail.actions) throw new errors.InvalidAuthorizationDetails('actions are missing'); } } },
      authorizationDetailsForGrantSource: (ctx) => ctx.oidc.requestedAuthorizationDetails ?? JSON.parse(ctx.oidc.params.authorization_details ?? 'null') ?? undefined,
      authorizationDetailsForAccessToken: (ctx, source) => source?.rar ?? JSON.parse(ctx.oidc.params.authorization_details ?? 'null') ?? undefined,
      authorizationDetailsForIntrospection: (_, token) => token.rar,
    },
    mTLS: tls ? {
      enabled: true, certificateBoundAccessTokens: true, selfSignedTlsClientAuth: true, tlsClientAuth: true,
      getCertificate: presented,
      certificateAuthorized: (ctx) => presented(ctx)?.fingerprint256 === selfSigned.fingerprint256,
      certificateSubjectMatches: (ctx, property, expected) => property === 'tls_client_auth_subject_dn' && presented(ctx)?.subject === expected,
    } : { enabled: false },
  },
  clientAuthMethods: ['private_key_jwt', 'none', ...(tls ? ['tls_client_auth', 'self_signed_tls_client_auth'] : [])],
  pkce: { required: () => true },
  rotateRefreshToken: true,
  ttl: { AccessToken: 3600, ClientCredentials: 3600, AuthorizationCode: 60, IdToken: 3600, RefreshToken: 86400, Grant: 86400, Interaction: 3600, Session: 86400 },
});

const issue = async (ctx, scope, more) => {
  const token = new provider.ClientCredentials({ client: ctx.oidc.client, scope });
  ctx.body = { access_token: await token.save(), token_type: 'Bearer', expires_in: token.expiration, scope, ...more };
};

// RFC 8693 section 2.1: what a server has to look at before it gives a token for a token.
provider.registerGrantType(tokenExchange, async (ctx) => {
  const { subject_token: subject, subject_token_type: type, requested_token_type: requested, audience, scope } = ctx.oidc.params;
  if (type !== accessTokenType || (requested && requested !== accessTokenType)) throw new errors.InvalidRequest('only access tokens are exchanged');
  if (audience && ![audience].flat().every((one) => one === 'backend')) throw new errors.InvalidTarget('the audience is not known');
  const found = await provider.ClientCredentials.find(subject);
  if (!found) throw new errors.InvalidRequest('the subject token is not valid');
  await issue(ctx, scope, { issued_token_type: accessTokenType });
}, ['subject_token', 'subject_token_type', 'requested_token_type', 'audience', 'resource', 'scope', 'actor_token', 'actor_token_type'], ['audience', 'resource']);

// RFC 7523 section 3: the checks of an assertion.
provider.registerGrantType(jwtBearer, async (ctx) => {
  try {
    const { payload } = await jwtVerify(ctx.oidc.params.assertion, createLocalJWKSet(clientKeys), { audience: `${issuer}/token`, issuer: ctx.oidc.client.clientId, maxTokenAge: 600 });
    if (!payload.sub || !payload.exp) throw new Error('sub or exp is missing');
    await issue(ctx, payload.scope ?? ctx.oidc.params.scope);
  } catch (cause) {
    throw new errors.InvalidGrant('the assertion is not accepted', { cause });
  }
}, ['assertion', 'scope']);

server.on('request', provider.callback());

console.log(JSON.stringify({
  issuer,
  clients: Object.fromEntries(Object.entries(clients).map(([name, client]) => [name, { id: client.client_id, secret: client.client_secret ?? null }])),
  privateKey: { id: 'client-key', pem: clientKey.privateKey.export({ type: 'pkcs8', format: 'pem' }) },
}));

process.stdin.resume().on('end', () => process.exit(0));

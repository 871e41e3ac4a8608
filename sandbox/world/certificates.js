import "reflect-metadata";
import { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";

const EC = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const DAY = 24 * 60 * 60 * 1000;

x509.cryptoProvider.set(webcrypto);

/** A private certificate authority that lives as long as this process. */
export async function makeAuthority() {
  const keys = await makeKeys();
  const name = "CN=TlsOrLink sandbox CA";
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    ...life(),
    name,
    keys,
    signingAlgorithm: EC,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return {
    pem: certificate.toString("pem"),
    issue: (host) => makeServerCertificate(host, { issuer: name, key: keys.privateKey, publicKey: keys.publicKey }),
  };
}

/** A certificate for the right name that nobody vouches for. */
export const makeSelfSigned = (host) => makeServerCertificate(host, null);

/** `{ key, cert }` in PEM, as node:tls takes them. */
async function makeServerCertificate(host, authority) {
  const keys = await makeKeys();
  const subject = `CN=${host}`;
  const certificate = await x509.X509CertificateGenerator.create({
    ...life(),
    subject,
    issuer: authority?.issuer ?? subject,
    publicKey: keys.publicKey,
    signingKey: authority?.key ?? keys.privateKey,
    signingAlgorithm: EC,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([{ type: "dns", value: host }]),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(authority?.publicKey ?? keys.publicKey),
    ],
  });
  return { key: await privateKeyPem(keys.privateKey), cert: certificate.toString("pem") };
}

const makeKeys = () => webcrypto.subtle.generateKey(EC, true, ["sign", "verify"]);

const life = () => ({ notBefore: new Date(Date.now() - DAY), notAfter: new Date(Date.now() + 30 * DAY) });

async function privateKeyPem(key) {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY");
}

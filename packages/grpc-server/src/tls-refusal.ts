/** Why a TLS handshake failed, from the codes of OpenSSL and Node, in words that say what to do. */

const UNKNOWN_AUTHORITY = 'x509: certificate signed by unknown authority';
const NOT_TLS =
  'tls: first record does not look like a TLS handshake; the client speaks plain text, and has to dial https';
const OUT_OF_DATE = 'x509: certificate has expired or is not yet valid';

/** By code, without `ERR_SSL_`. */
const reasons: Readonly<Record<string, string>> = {
  PEER_DID_NOT_RETURN_A_CERTIFICATE: "tls: client didn't provide a certificate",
  HTTP_REQUEST: NOT_TLS,
  HTTPS_PROXY_REQUEST: NOT_TLS,
  WRONG_VERSION_NUMBER: NOT_TLS,
  PACKET_LENGTH_TOO_LONG: NOT_TLS,
  UNEXPECTED_MESSAGE: NOT_TLS,
  UNSUPPORTED_PROTOCOL: 'tls: client offered only versions that this port does not speak',
  NO_SHARED_CIPHER: 'tls: no cipher suite supported by both client and server',
  NO_APPLICATION_PROTOCOL: 'tls: client requested unsupported application protocols',
  ERR_TLS_HANDSHAKE_TIMEOUT: 'tls: the handshake took too long',

  // The client has something against this server's certificate.
  TLSV1_ALERT_UNKNOWN_CA: 'remote error: tls: unknown certificate authority',
  'SSL/TLS_ALERT_BAD_CERTIFICATE': 'remote error: tls: bad certificate',
  'SSL/TLS_ALERT_CERTIFICATE_EXPIRED': 'remote error: tls: expired certificate',
  'SSL/TLS_ALERT_CERTIFICATE_UNKNOWN': 'remote error: tls: unknown certificate',
  'SSL/TLS_ALERT_HANDSHAKE_FAILURE': 'remote error: tls: handshake failure',

  // What is wrong with the client's certificate.
  DEPTH_ZERO_SELF_SIGNED_CERT: UNKNOWN_AUTHORITY,
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_AUTHORITY,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_AUTHORITY,
  CERT_SIGNATURE_FAILURE: UNKNOWN_AUTHORITY,
  CERT_HAS_EXPIRED: OUT_OF_DATE,
  CERT_NOT_YET_VALID: OUT_OF_DATE,
  INVALID_PURPOSE: 'x509: certificate specifies an incompatible key usage',
};

/** @param code what Node notes of a client's certificate (`authorizationError`), or an error's code */
export function refusalReason(code: string, message: string): string {
  return reasons[code.replace(/^ERR_SSL_/, '')] ?? message;
}

/** Codes of connections that just ended. */
export const isAbandonment = (code: string): boolean => code === 'ECONNRESET' || code === 'EPIPE';

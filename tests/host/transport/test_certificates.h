#pragma once

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>

/// A key and a certificate, made for one test.
struct Certificate {
  std::shared_ptr<EVP_PKEY> key;
  std::shared_ptr<X509> x509;

  std::string pem() const {
    std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), BIO_free);
    PEM_write_bio_X509(out.get(), x509.get());
    char* data = nullptr;
    long size = BIO_get_mem_data(out.get(), &data);
    return {data, static_cast<std::size_t>(size)};
  }
};

inline void add_extension(X509* x509, X509* issuer, int nid, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, x509, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value);
  X509_add_ext(x509, extension, -1);
  X509_EXTENSION_free(extension);
}

/// `names`: subjectAltName, e.g. "DNS:localhost,IP:127.0.0.1"; null: a CA. `issuer` null: signs itself.
/// `seconds_valid` may be negative: expired.
inline Certificate make_certificate(const char* common_name, const char* names, const Certificate* issuer,
                                    long seconds_valid = 3600) {
  static long serial = 1;
  Certificate made;
  made.key.reset(EVP_EC_gen("P-256"), EVP_PKEY_free);
  made.x509.reset(X509_new(), X509_free);
  X509* x509 = made.x509.get();
  X509_set_version(x509, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(x509), ++serial);
  X509_gmtime_adj(X509_getm_notBefore(x509), -7200);
  X509_gmtime_adj(X509_getm_notAfter(x509), seconds_valid);
  X509_set_pubkey(x509, made.key.get());
  X509_NAME_add_entry_by_txt(X509_get_subject_name(x509), "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(common_name), -1, -1, 0);
  const Certificate& signer = issuer != nullptr ? *issuer : made;
  X509_set_issuer_name(x509, X509_get_subject_name(signer.x509.get()));
  if (names != nullptr) {
    add_extension(x509, signer.x509.get(), NID_subject_alt_name, names);
  } else {
    add_extension(x509, signer.x509.get(), NID_basic_constraints, "critical,CA:TRUE");
    add_extension(x509, signer.x509.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
  }
  X509_sign(x509, signer.key.get(), EVP_sha256());
  return made;
}

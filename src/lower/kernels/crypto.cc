// SHA-2 and AES through OpenSSL.

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <memory>

#include "base/text/hex.h"
#include "lower/kernels/error.h"
#include "lower/kernels/families.h"
#include "lower/kernels/rowwise.h"

namespace pyrite::lower {
namespace {

using duckdb::LogicalType;
using Text = std::string_view;

const unsigned char* Bytes(Text text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* Bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

std::optional<std::string> Sha2(Text bytes, int32_t bits) {
  const EVP_MD* digest;
  switch (bits) {
    case 0:
    case 256: digest = EVP_sha256(); break;
    case 224: digest = EVP_sha224(); break;
    case 384: digest = EVP_sha384(); break;
    case 512: digest = EVP_sha512(); break;
    default: return std::nullopt;
  }
  unsigned char out[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  EVP_Digest(bytes.data(), bytes.size(), out, &size, digest, nullptr);
  std::string text;
  text.reserve(size * 2);
  for (unsigned int i = 0; i < size; ++i) AppendHex(out[i], text, kLowerHex);
  return text;
}

// ---- AES: the initialization vector stands before the bytes, GCM's tag behind them

constexpr size_t kTagSize = 16;

enum class Mode { kEcb, kCbc, kGcm };

struct Cipher {
  Mode mode;
  const EVP_CIPHER* algorithm;
  size_t iv_size;
};

std::string Upper(Text text) {
  std::string out(text);
  for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return out;
}

Cipher CipherOf(const char* function, Text key, Text mode_name, Text padding_name) {
  std::string mode = Upper(mode_name), padding = Upper(padding_name);
  bool is_default = padding == "DEFAULT";
  int size = key.size() == 16 ? 0 : key.size() == 24 ? 1 : key.size() == 32 ? 2 : -1;
  if (size < 0) {
    ThrowSpark("INVALID_PARAMETER_VALUE.AES_KEY_LENGTH",
               {{"parameter", "`key`"},
                {"functionName", "`" + std::string(function) + "`"},
                {"actualLength", std::to_string(key.size())}});
  }
  if (mode == "ECB" && (is_default || padding == "PKCS")) {
    const EVP_CIPHER* ciphers[] = {EVP_aes_128_ecb(), EVP_aes_192_ecb(), EVP_aes_256_ecb()};
    return {Mode::kEcb, ciphers[size], 0};
  }
  if (mode == "CBC" && (is_default || padding == "PKCS")) {
    const EVP_CIPHER* ciphers[] = {EVP_aes_128_cbc(), EVP_aes_192_cbc(), EVP_aes_256_cbc()};
    return {Mode::kCbc, ciphers[size], 16};
  }
  if (mode == "GCM" && (is_default || padding == "NONE")) {
    const EVP_CIPHER* ciphers[] = {EVP_aes_128_gcm(), EVP_aes_192_gcm(), EVP_aes_256_gcm()};
    return {Mode::kGcm, ciphers[size], 12};
  }
  ThrowSpark("UNSUPPORTED_FEATURE.AES_MODE", {{"mode", std::string(mode_name)},
                                              {"padding", std::string(padding_name)},
                                              {"functionName", "`" + std::string(function) + "`"}});
}

struct FreeContext {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, FreeContext>;

std::string Encrypt(Text plain, Text key, Text mode, Text padding, Text iv, Text data) {
  Cipher cipher = CipherOf("aes_encrypt", key, mode, padding);
  if (!iv.empty() && cipher.mode == Mode::kEcb) {
    ThrowSpark("UNSUPPORTED_FEATURE.AES_MODE_IV",
               {{"mode", std::string(mode)}, {"functionName", "`aes_encrypt`"}});
  }
  if (!data.empty() && cipher.mode != Mode::kGcm) {
    ThrowSpark("UNSUPPORTED_FEATURE.AES_MODE_AAD",
               {{"mode", std::string(mode)}, {"functionName", "`aes_encrypt`"}});
  }
  if (!iv.empty() && iv.size() != cipher.iv_size) {
    ThrowSpark("INVALID_PARAMETER_VALUE.AES_IV_LENGTH",
               {{"mode", std::string(mode)},
                {"parameter", "`iv`"},
                {"functionName", "`aes_encrypt`"},
                {"actualLength", std::to_string(iv.size())}});
  }
  std::string out(iv);
  if (iv.empty()) {
    out.resize(cipher.iv_size);
    RAND_bytes(Bytes(out), static_cast<int>(cipher.iv_size));
  }
  std::string start = out;
  size_t at = out.size();
  out.resize(at + plain.size() + 2 * kTagSize);
  Context context(EVP_CIPHER_CTX_new());
  int part = 0;
  EVP_EncryptInit_ex(context.get(), cipher.algorithm, nullptr, Bytes(key), Bytes(start));
  if (!data.empty()) {
    EVP_EncryptUpdate(context.get(), nullptr, &part, Bytes(data), static_cast<int>(data.size()));
  }
  EVP_EncryptUpdate(context.get(), Bytes(out) + at, &part, Bytes(plain),
                    static_cast<int>(plain.size()));
  at += static_cast<size_t>(part);
  EVP_EncryptFinal_ex(context.get(), Bytes(out) + at, &part);
  at += static_cast<size_t>(part);
  if (cipher.mode == Mode::kGcm) {
    EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, kTagSize, Bytes(out) + at);
    at += kTagSize;
  }
  out.resize(at);
  return out;
}

std::optional<std::string> TryDecrypt(Text bytes, const Cipher& cipher, Text key, Text data) {
  size_t tag = cipher.mode == Mode::kGcm ? kTagSize : 0;
  if (!data.empty() && tag == 0) return std::nullopt;  // only GCM takes additional data
  if (bytes.size() < cipher.iv_size + tag) return std::nullopt;
  Text iv = bytes.substr(0, cipher.iv_size);
  Text body = bytes.substr(cipher.iv_size, bytes.size() - cipher.iv_size - tag);
  std::string out(body.size() + kTagSize, '\0');
  Context context(EVP_CIPHER_CTX_new());
  int part = 0, last = 0;
  EVP_DecryptInit_ex(context.get(), cipher.algorithm, nullptr, Bytes(key), Bytes(iv));
  if (!data.empty()) {
    EVP_DecryptUpdate(context.get(), nullptr, &part, Bytes(data), static_cast<int>(data.size()));
  }
  part = 0;
  bool ok = EVP_DecryptUpdate(context.get(), Bytes(out), &part, Bytes(body),
                              static_cast<int>(body.size())) == 1;
  if (tag > 0) {
    std::string expected(bytes.substr(bytes.size() - tag));
    EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, kTagSize, expected.data());
  }
  ok = ok && EVP_DecryptFinal_ex(context.get(), Bytes(out) + part, &last) == 1;
  if (!ok) return std::nullopt;
  out.resize(static_cast<size_t>(part + last));
  return out;
}

std::string Decrypt(Text bytes, Text key, Text mode, Text padding, Text data) {
  Cipher cipher = CipherOf("aes_decrypt", key, mode, padding);
  if (!data.empty() && cipher.mode != Mode::kGcm) {
    ThrowSpark("UNSUPPORTED_FEATURE.AES_MODE_AAD",
               {{"mode", std::string(mode)}, {"functionName", "`aes_decrypt`"}});
  }
  auto plain = TryDecrypt(bytes, cipher, key, data);
  if (!plain) {
    ThrowSpark("INVALID_PARAMETER_VALUE.AES_CRYPTO_ERROR",
               {{"parameter", "`expr`, `key`"},
                {"functionName", "`aes_encrypt`/`aes_decrypt`"},
                {"detailMessage", "The bytes were not encrypted with this key and mode."}});
  }
  return std::move(*plain);
}

std::optional<std::string> DecryptOrNull(Text bytes, Text key, Text mode, Text padding, Text data) {
  try {
    return TryDecrypt(bytes, CipherOf("try_aes_decrypt", key, mode, padding), key, data);
  } catch (const duckdb::Exception&) {  // a key or a mode that there is not
    return std::nullopt;
  }
}

}  // namespace

void RegisterCryptoKernels(duckdb::ExtensionLoader& loader) {
  LogicalType text = LogicalType::VARCHAR, blob = LogicalType::BLOB;
  loader.RegisterFunction(MakeKernel("spark_sha2", {blob, LogicalType::INTEGER}, text,
                                     Rowwise<std::string, Text, int32_t>(Sha2)));
  auto encrypt =
      MakeKernel("spark_aes_encrypt", {blob, blob, text, text, blob, blob}, blob,
                 Rowwise<std::string, Text, Text, Text, Text, Text, Text>(Encrypt), true);
  encrypt.SetVolatile();  // its initialization vector is random
  loader.RegisterFunction(std::move(encrypt));
  duckdb::vector<LogicalType> arguments{blob, blob, text, text, blob};
  loader.RegisterFunction(MakeKernel("spark_aes_decrypt", arguments, blob,
                                     Rowwise<std::string, Text, Text, Text, Text, Text>(Decrypt),
                                     true));
  loader.RegisterFunction(
      MakeKernel("spark_try_aes_decrypt", arguments, blob,
                 Rowwise<std::string, Text, Text, Text, Text, Text>(DecryptOrNull), true));
}

}  // namespace pyrite::lower

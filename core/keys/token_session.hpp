#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <p11-kit/pkcs11.h>
#include <vector>

#include "core/keys/secret.hpp"
#include "core/keys/token_lock.hpp"
#include "core/keys/token_uri.hpp"
#include "core/result.hpp"

namespace tongka::core {

/// What an object of a token is made or found by. Holds the values; wipes them.
class TokenAttributes {
public:
    TokenAttributes& add(CK_ATTRIBUTE_TYPE type, BytesView value);
    TokenAttributes& add_text(CK_ATTRIBUTE_TYPE type, std::string_view value);
    TokenAttributes& add_number(CK_ATTRIBUTE_TYPE type, CK_ULONG value);
    TokenAttributes& add_flag(CK_ATTRIBUTE_TYPE type, bool value);
    [[nodiscard]] std::vector<CK_ATTRIBUTE> list();

private:
    std::vector<CK_ATTRIBUTE_TYPE> types_;
    std::deque<SecretBytes> values_;
};

/// A session with a token whose user is logged in. Errors name the token, what was asked of it and why it failed.
class TokenSession {
public:
    using Object = CK_OBJECT_HANDLE;
    using Module = std::shared_ptr<CK_FUNCTION_LIST>;

    /// Loads a PKCS#11 library and starts it.
    [[nodiscard]] static Result<Module> load(const std::string& path);
    /// Finds the token by its label and logs in. A PIN that is wrong costs one of the token's tries. For changes the
    /// token stays locked (core/keys/token_lock.hpp) until the session goes; an Error where another program has it.
    [[nodiscard]] static Result<std::unique_ptr<TokenSession>> open(Module module, std::string label,
                                                                    const PassPhrase& pin, bool for_changes);

    TokenSession(const TokenSession&) = delete;
    TokenSession& operator=(const TokenSession&) = delete;
    ~TokenSession();

    [[nodiscard]] const std::string& label() const { return label_; }

    [[nodiscard]] Result<std::vector<Object>> find(TokenAttributes by);
    /// What the token lets out of an object's attribute.
    [[nodiscard]] Result<SecretBytes> read(Object object, CK_ATTRIBUTE_TYPE type);
    [[nodiscard]] Result<Object> create(TokenAttributes of);
    [[nodiscard]] Result<void> destroy(Object object);
    /// 3DES, block by block.
    [[nodiscard]] Result<SecretBytes> encrypt(Object key, BytesView blocks);
    /// ECDSA over a digest; the two numbers one behind the other.
    [[nodiscard]] Result<Bytes> sign(Object key, BytesView digest);
    /// RFC 3394, under an AES key on the token.
    [[nodiscard]] Result<SecretBytes> wrap(Object wrapping, Object key);

private:
    TokenSession(Module module, std::string label, std::optional<TokenLock> lock, CK_SESSION_HANDLE session)
        : module_(std::move(module)), label_(std::move(label)), lock_(std::move(lock)), session_(session) {}

    Module module_;
    std::string label_;
    std::optional<TokenLock> lock_;
    CK_SESSION_HANDLE session_;
};

} // namespace tongka::core

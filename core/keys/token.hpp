#pragma once

#include <memory>

#include "core/keys/key_file.hpp"
#include "core/keys/key_store.hpp"

namespace tongka::core {

class TokenSession;

/// The keys of one owner on a PKCS#11 token: 3DES alone. The first level of diversification is done on the token, as
/// encryption of F and ~F (C_DeriveKey would set parity), further levels in memory. Keys are sensitive and leave the
/// token wrapped alone.
///
/// The list of records is a data object, and a change is kept by writing the next list: a token that goes away before
/// leaves the old one, after it the new one. Keys that no list names are removed when the store is next opened for
/// changes. A store opened for changes holds the token's lock (core/keys/token_lock.hpp). Behind it, a list that a
/// program of another user or machine has written meanwhile is noticed, and the change refused.
class TokenKeyStore final : public KeyStore {
public:
    /// The first list of a token that has none, or one without keys. `random` must outlive the store.
    [[nodiscard]] static Result<std::unique_ptr<TokenKeyStore>> create(std::unique_ptr<TokenSession> session,
                                                                       KeyOwner owner, Random& random);
    [[nodiscard]] static Result<std::unique_ptr<TokenKeyStore>> open(std::unique_ptr<TokenSession> session,
                                                                     Random& random, Access access);
    ~TokenKeyStore() override;

    [[nodiscard]] const KeyOwner& owner() const override { return owner_; }
    [[nodiscard]] const std::vector<KeyRecord>& records() const override { return records_; }
    [[nodiscard]] Result<Key> diversify(const KeyName& name, std::span<const std::array<Byte, 8>> factors) override;
    /// Wrapped under a key of the moment and unwrapped in memory; an Error of a token that lets no key out.
    [[nodiscard]] Result<Key> release(const KeyName& name) override;
    /// An Error for a key that is not 3DES: it belongs in a key file.
    [[nodiscard]] Result<void> add(KeyRecord record, const Key& key) override;
    [[nodiscard]] Result<void> set_state(const KeyName& name, KeyState state) override;
    [[nodiscard]] Result<void> together(const std::function<Result<void>()>& changes) override;

    /// Removes every key and the list.
    [[nodiscard]] Result<void> destroy();

private:
    TokenKeyStore(std::unique_ptr<TokenSession> session, Random& random, Access access);

    [[nodiscard]] std::string label(const KeyName& name) const;
    [[nodiscard]] Result<unsigned long> object(const KeyName& name);
    [[nodiscard]] Result<void> load();
    [[nodiscard]] Result<void> write_list();
    [[nodiscard]] Result<void> sweep();

    std::unique_ptr<TokenSession> session_;
    Random& random_;
    Access access_;
    KeyOwner owner_;
    std::uint64_t sequence_ = 0; ///< of the list; 0 = there is none
    std::vector<KeyRecord> records_;
    bool together_ = false;
    bool lost_ = false; ///< what the token holds is not known
};

} // namespace tongka::core

#pragma once

#include <optional>

#include "core/keys/key_store.hpp"
#include "core/keys/secret.hpp"

namespace tongka::core {

/// Keys in memory alone: wiped when the store goes.
class MemoryKeyStore final : public KeyStore {
public:
    explicit MemoryKeyStore(KeyOwner owner) : owner_(owner) {}

    /// The form that files hold: canonical, so that the same keys have the same bytes. Layout: docs/keys.md.
    [[nodiscard]] SecretBytes to_bytes() const;
    [[nodiscard]] static Result<MemoryKeyStore> from_bytes(BytesView bytes);

    [[nodiscard]] const KeyOwner& owner() const override { return owner_; }
    [[nodiscard]] const std::vector<KeyRecord>& records() const override { return records_; }
    [[nodiscard]] Result<Key> diversify(const KeyName& name, std::span<const std::array<Byte, 8>> factors) override;
    [[nodiscard]] Result<Key> release(const KeyName& name) override;
    [[nodiscard]] Result<void> add(KeyRecord record, const Key& key) override;
    [[nodiscard]] Result<void> set_state(const KeyName& name, KeyState state) override;
    [[nodiscard]] Result<void> together(const std::function<Result<void>()>& changes) override;

private:
    KeyOwner owner_;
    std::vector<KeyRecord> records_;
    std::vector<std::optional<Key>> keys_; ///< one a record; none where it was destroyed
};

} // namespace tongka::core

#pragma once

#include "core/keys/key_store.hpp"
#include "core/profile/profile.hpp"

namespace tongka::harness {

/// What a load host derives for the card and the load SAM of a profile, and working keys of terminals from a key of its
/// own: a store of a city that knows one card and one SAM.
class HostKeys final : public core::KeyStore {
public:
    /// The profile must have an ISAM.
    explicit HostKeys(const core::Profile& profile);

    [[nodiscard]] const core::KeyOwner& owner() const override { return owner_; }
    [[nodiscard]] const std::vector<core::KeyRecord>& records() const override { return records_; }
    [[nodiscard]] core::Result<core::Key> diversify(const core::KeyName& name,
                                                    std::span<const std::array<core::Byte, 8>> factors) override;
    [[nodiscard]] core::Result<core::Key> release(const core::KeyName& name) override;
    [[nodiscard]] core::Result<void> add(core::KeyRecord record, const core::Key& key) override;
    [[nodiscard]] core::Result<void> set_state(const core::KeyName& name, core::KeyState state) override;

private:
    core::KeyOwner owner_;
    std::vector<core::KeyRecord> records_;
    std::vector<core::NamedKey> card_;
    std::vector<core::NamedKey> isam_;
    core::Key working_;
};

} // namespace tongka::harness

#include "harness/actor/host_keys.hpp"

#include <fmt/format.h>

#include "core/crypto/derivation.hpp"

namespace tongka::harness {
namespace {

constexpr core::Byte working_index = 2; ///< of UK: the terminals' (docs/decisions/0010-messages.md)

core::Error missing(const core::KeyName& name) {
    return {fmt::format("the simulated host has no key {}.{:02X}", name.kind, name.index)};
}

/// A pattern: it protects nothing.
core::Key made_up(core::Algorithm algorithm) {
    std::array<core::Byte, 16> bytes;
    for (unsigned at = 0; at < bytes.size(); ++at)
        bytes[at] = static_cast<core::Byte>(0x11 * at);
    return algorithm == core::Algorithm::sm4 ? core::Key::sm4(bytes) : core::Key::triple_des(bytes);
}

} // namespace

HostKeys::HostKeys(const core::Profile& profile)
    : card_(profile.card.keys), isam_(profile.isam->keys), working_(made_up(core::Algorithm::triple_des)) {
    owner_.city = profile.card.city;
}

core::Result<core::Key> HostKeys::diversify(const core::KeyName& name,
                                            std::span<const std::array<core::Byte, 8>> factors) {
    if (name.kind == "UK" && name.index == working_index)
        return core::diversify(working_, factors);
    const bool of_isam = name.kind == "UK" || name.kind == "SMK";
    if (const auto* found = core::find_key(of_isam ? isam_ : card_, name.kind, name.index))
        return found->key;
    return core::fail(missing(name));
}

core::Result<core::Key> HostKeys::release(const core::KeyName& name) {
    return core::fail(missing(name));
}

core::Result<void> HostKeys::add(core::KeyRecord, const core::Key&) {
    return core::fail("the simulated host takes no keys in");
}

core::Result<void> HostKeys::set_state(const core::KeyName& name, core::KeyState) {
    return core::fail(missing(name));
}

} // namespace tongka::harness

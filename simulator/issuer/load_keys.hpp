#pragma once

#include "core/keys/key_store.hpp"
#include "simulator/issuer/host/load_host.hpp"

namespace tongka::simulator {

/// What a load host asks for, out of a city's keys: DLK by index and version, DTK in its one version (docs/keys.md:
/// keys that a card holds under one index stay for the card's life). The store must outlive it.
[[nodiscard]] inline LoadHost::KeySource load_keys(core::KeyStore& store) {
    return [&store](std::string_view kind, core::Byte index, core::Byte version, const Asn& asn) {
        const core::KeyName name{std::string(kind), index, kind == "DTK" ? core::Byte{1} : version};
        return store.diversify(name, {&asn, 1});
    };
}

} // namespace tongka::simulator

#pragma once

#include <array>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include "core/crypto/cipher.hpp"
#include "core/keys/key_store.hpp"
#include "core/rules.hpp"

namespace tongka::harness::clearing {

/// The roots that cities derive their cards' TAC keys from, out of a key store: the national centre's gives those of
/// every city, a city's its own (standards.md 5.1, 6; docs/keys.md). Safe for several threads.
class TacKeys {
public:
    using City = std::array<core::Byte, 2>;

    /// Keeps what it takes out of the store in memory; the store must outlive it. An Error where there is no DTK.
    [[nodiscard]] static core::Result<std::unique_ptr<TacKeys>> take(core::KeyStore& store);

    /// The city's root, set up once; null where the store has no key of that city.
    [[nodiscard]] core::Result<const core::Cipher*> of(const City& city);

    /// Whose keys these are; none for the national centre's.
    [[nodiscard]] const std::optional<City>& owner() const { return store_->owner().city; }

private:
    explicit TacKeys(core::KeyStore& store) : store_(&store) {}

    core::KeyStore* store_;
    std::mutex mutex_;
    std::map<City, std::unique_ptr<core::Cipher>> roots_;
};

} // namespace tongka::harness::clearing

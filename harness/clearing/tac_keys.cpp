#include "harness/clearing/tac_keys.hpp"

#include "core/profile/keys.hpp"

namespace tongka::harness::clearing {

/// One index and one version: TACs of living cards stay checkable over a roll-over (docs/keys.md).
static const core::KeyName tac_root{"DTK", 0, 1};

core::Result<std::unique_ptr<TacKeys>> TacKeys::take(core::KeyStore& store) {
    std::unique_ptr<TacKeys> keys(new TacKeys(store));
    TONGKA_CHECK(core::usable_record(store, tac_root));
    if (const auto& city = store.owner().city) {
        TONGKA_TRY(const core::Key root, store.release(tac_root));
        keys->roots_[*city] = std::make_unique<core::Cipher>(root);
    }
    return keys;
}

core::Result<const core::Cipher*> TacKeys::of(const City& city) {
    const std::lock_guard lock(mutex_);
    auto& root = roots_[city];
    if (!root && !owner()) {
        const std::array<std::array<core::Byte, 8>, 1> factors{core::city_factor(city, core::Rules{})};
        TONGKA_TRY(const core::Key key, store_->diversify(tac_root, factors));
        root = std::make_unique<core::Cipher>(key);
    }
    return root.get();
}

} // namespace tongka::harness::clearing

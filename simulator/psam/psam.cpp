#include "simulator/psam/psam.hpp"

#include <algorithm>

namespace tongka::simulator {
namespace {

constexpr core::Byte anyone = 0xF0;

bool is_purchase_key(const StoredKey& key) {
    return static_cast<core::Byte>(key.type) == static_cast<core::Byte>(Purpose::purchase);
}

} // namespace

Psam::Psam(const core::Profile& profile, std::unique_ptr<core::Random> random, Deviations deviations)
    : Sam(profile.psam, profile.rules, std::move(random), deviations, anyone),
      accepted_codes_(profile.psam.accepted_codes), mac2_tries_(profile.psam.mac2_tries) {}

bool Psam::accepts(core::BytesView security_code) const {
    return accepted_codes_.empty() || std::ranges::any_of(accepted_codes_, [&](const core::Bytes& beginning) {
               return core::equal(security_code.first(beginning.size()), beginning);
           });
}

std::optional<StoredKey> Psam::purchase_key(core::Byte version, core::Byte algorithm) const {
    return find_key_if(files(), selection().directory, [&](const StoredKey& key) {
        return is_purchase_key(key) && (deviates(Deviation::psam_version_ignored) ||
                                        (key.version() == version && algorithm_of(key) == algorithm));
    });
}

// The last byte of a key's header, which counts tries of other keys, counts its wrong MAC2s here.
bool Psam::is_exhausted(const StoredKey& purchase_key) const {
    return purchase_key.tries_left >= mac2_tries_ && !deviates(Deviation::psam_errors_never_block);
}

void Psam::on_unblock(Transaction& transaction) {
    if (deviates(Deviation::psam_unblock_keeps_errors))
        return;
    const auto file = files().key_file(selection().directory);
    for (auto place = file ? key_at(files(), *file, 0) : std::nullopt; place;
         place = key_at(files(), *file, place->next))
        if (is_purchase_key(place->key))
            set_tries(transaction, place->key, 0);
}

void Psam::forget() {
    Sam::forget();
    authenticated = false;
    purchase.reset();
    has_new_lock = false;
}

Reply Psam::perform(const core::Command& command, core::Bytes& answer) {
    return psam_instructions().dispatch(*this, command, answer);
}

} // namespace tongka::simulator

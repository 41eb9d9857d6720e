#include "simulator/card/card.hpp"

#include <cassert>

#include "simulator/card/layout.hpp"

namespace tongka::simulator {
namespace {

constexpr core::Byte completion_ins[] = {0x52, 0x54};

/// What PC/SC readers show for a contactless card (PC/SC part 3, 3.1.3.2.3.1): 3B 8n 80 01, the historical bytes of the
/// ATS, and a check byte over all but the first.
core::Bytes pseudo_atr(core::BytesView historical) {
    core::Bytes atr{0x3B, static_cast<core::Byte>(0x80 | historical.size()), 0x80, 0x01};
    core::append(atr, historical);
    core::Byte check = 0;
    for (core::Byte byte : core::BytesView(atr).subspan(1))
        check ^= byte;
    atr.push_back(check);
    return atr;
}

Appearance appearance_of(const core::CardProfile& profile) {
    const core::BytesView serial = core::BytesView(profile.asn).last(4);
    core::Bytes historical{0x20, 0x90, 0x00, 0,
                           0,    0,    0}; // ATS of FMCOS: COS version, maker, 00, chip serial (standards.md 2.2)
    core::append(historical, serial);
    if (profile.interface != core::CardInterface::contact)
        return {Interface::contactless, pseudo_atr(historical), core::to_bytes(serial)};
    // 3B 6D 00 00 and 13 historical bytes: chip maker, COS, memory, card maker, serial (standards.md 2.1).
    core::Bytes atr{0x3B, 0x6D, 0x00, 0x00, 0x00, 0x81, 0x54, 0x4B, 0x01, 0x86, 0x60, 0, 0};
    core::append(atr, serial);
    return {Interface::contact, atr, {}};
}

std::vector<CardKey> keys_of_kind(const core::CardProfile& profile, std::string_view kind) {
    std::vector<CardKey> keys;
    for (const auto& named : profile.keys)
        if (named.kind == kind)
            keys.push_back({named.index, named.version, core::Cipher(named.key)});
    return keys;
}

const CardKey* with_index(const std::vector<CardKey>& keys, core::Byte index) {
    const auto found = std::ranges::find(keys, index, &CardKey::index);
    return found == keys.end() ? nullptr : &*found;
}

} // namespace

Card::Card(const core::Profile& profile, std::unique_ptr<core::Random> random, Deviations deviations)
    : SmartCard(appearance_of(profile.card), profile.rules, deviations,
                std::make_unique<core::ScriptedRandom>(profile.card.random, std::move(random))),
      purchase_keys_(keys_of_kind(profile.card, "DPK")), load_keys_(keys_of_kind(profile.card, "DLK")),
      security_code_(profile.card.security_code) {
    if (const auto* key = core::find_key(profile.card.keys, "DTK", 0))
        tac_cipher_.emplace(core::tac_key(key->key));
    personalise(profile.card);
}

void Card::personalise(const core::CardProfile& profile) {
    memory().power_up();
    const auto places = make_card_files(memory(), files(), profile);
    application_ = places.application;
    purse_at_ = places.purse;
    pin_ = {.at = places.pin};
    memory().power_off();
}

std::optional<Purse> Card::electronic_purse() {
    if (selection().directory != application_)
        return std::nullopt;
    return Purse(memory(), purse_at_);
}

const CardKey* Card::purchase_key(core::Byte index) const {
    const auto* key = with_index(purchase_keys_, index);
    if (!key && deviates(Deviation::key_index_ignored) && !purchase_keys_.empty())
        return &purchase_keys_.front();
    return key;
}

const CardKey* Card::load_key(core::Byte index) const {
    const auto* key = with_index(load_keys_, index);
    if (!key && deviates(Deviation::key_index_ignored) && !load_keys_.empty())
        return &load_keys_.front();
    return key;
}

const core::Cipher& Card::session(core::Factor input) {
    assert(pending_);
    const core::Key key = core::session_key(pending_->key->cipher, input);
    if (session_cipher_ && session_cipher_->algorithm() == key.algorithm())
        session_cipher_->set_key(key);
    else
        session_cipher_.emplace(key);
    return *session_cipher_;
}

void Card::log(Transaction& transaction, std::uint16_t file_id, core::BytesView record) {
    const auto file = files().child(application_, file_id);
    if (!file)
        return;
    unsigned keep = files().at(*file).record_count;
    if (deviates(Deviation::log_keeps_nine))
        keep = std::min(keep, 9U);
    files().append_cyclic(transaction, *file, record, keep);
}

void Card::forget() {
    pending_.reset();
    pin_.verified = false;
}

Reply Card::execute(const core::Command& command, core::Bytes& answer) {
    const bool completes = std::ranges::find(completion_ins, command.ins) != std::end(completion_ins);
    if (!completes && rule(core::Rule::interposed_command, "aborts") &&
        !deviates(Deviation::init_survives_other_command))
        pending_.reset();
    return dispatch(card_instructions(), *this, command, answer);
}

} // namespace tongka::simulator

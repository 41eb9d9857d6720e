#include "simulator/card/card.hpp"

#include <cassert>

#include "simulator/card/appearance.hpp"

namespace tongka::simulator {

Card::Card(const core::Profile& profile, std::unique_ptr<core::Random> random, Deviations deviations)
    : SmartCard(faces_of(profile.card), profile.rules, deviations, std::move(random), profile.card.memory),
      security_code_(profile.card.security_code) {}

std::optional<Purse> Card::purse(PurseId id) {
    const auto file = files().child(selection().directory, static_cast<core::Byte>(id));
    if (!file || files().at(*file).type != FileType::purse)
        return std::nullopt;
    return Purse(memory(), files().at(*file).body, id);
}

core::Byte Card::purse_right(PurseId id) const {
    return files().at(*files().child(selection().directory, static_cast<core::Byte>(id))).read;
}

void Card::preset(const core::CardProfile& profile) {
    const auto set = [this](PurseId id, const core::PurseProfile& values) {
        const auto purse = this->purse(id);
        if (!purse)
            return;
        Transaction transaction(memory());
        std::array<core::Byte, 3> limit{};
        core::write_big_endian(limit, values.overdraft_limit);
        const bool apart = rule(core::Rule::overdraft_balance, "separate");
        purse->set_available(transaction, values.balance + (apart ? values.overdraft_limit : 0));
        purse->set_overdraft_limit(transaction, limit);
        purse->set_counter(transaction, Counter::online, values.online_counter);
        purse->set_counter(transaction, Counter::offline, values.offline_counter);
        (void)transaction.commit();
    };
    const auto application = std::ranges::find(profile.files, core::FileKind::directory, &core::FileProfile::kind);
    if (application != profile.files.end())
        if (const auto directory = files().child(master_file, application->id))
            enter(*directory);
    set(PurseId::purse, profile.ep);
    if (profile.ed)
        set(PurseId::deposit, *profile.ed);
    script_random(profile.random);
}

std::optional<StoredKey> Card::transaction_key(KeyType type, core::Byte index) const {
    auto found = key(type, index);
    if (!found && deviates(Deviation::key_index_ignored))
        found = key(type, 0x01);
    return found;
}

const core::Cipher& Card::session(const StoredKey& key, core::Factor input) {
    const core::Key made = core::session_key(cipher(key), input);
    if (session_cipher_ && session_cipher_->algorithm() == made.algorithm())
        session_cipher_->set_key(made);
    else
        session_cipher_.emplace(made);
    return *session_cipher_;
}

const core::Cipher* Card::tac_cipher() {
    const auto stored = key(KeyType::tac, 0x00);
    if (stored && deviates(Deviation::tac_key_not_folded))
        return &cipher(*stored);
    return stored ? &ciphers().of(core::tac_key(computing_key(*stored))) : nullptr;
}

void Card::on_unblock(Transaction& transaction) {
    for (const PurseId id : {PurseId::deposit, PurseId::purse})
        if (const auto found = purse(id))
            found->set_unlock_errors(transaction, 0);
}

void Card::forget() {
    if (!deviates(Deviation::transaction_survives_reset))
        pending_.reset();
    else if (pending_)
        selection().directory = pending_->directory;
    composite_cache_.clear();
}

/// What the command meets where no transaction is under way: the purse that P2 names, under grey lock or not.
State Card::purse_state(Action action, const core::Command& command) {
    if (action == Action::other)
        return State::idle;
    const auto named = purse(static_cast<PurseId>(command.p2));
    return named && named->lock_state() == LockState::locked ? State::locked : State::idle;
}

/// A transaction under way that the command does not complete ends; then it is the purse that P2 names which lets the
/// command act or not, since a grey lock is of one purse alone.
Effect Card::effect_of(Action action, const core::Command& command) {
    if (pending_ && simulator::effect(pending_->state, action) == Effect::acts)
        return Effect::acts;
    const Effect alone = simulator::effect(purse_state(action, command), action);
    return pending_ && alone == Effect::acts ? Effect::drops : alone;
}

bool Card::pending_stands() {
    return pending_->directory == selection().directory && purse(pending_->purse) &&
           key(pending_->key_type, pending_->key_index) && key(KeyType::tac, 0x00);
}

Reply Card::perform(const core::Command& command, core::Bytes& answer) {
    if (pending_ && !pending_stands()) {
        pending_.reset();
        composite_cache_.clear();
    }
    const Effect effect = effect_of(action_of(command), command);
    if (effect != Effect::acts && pending_ && rule(core::Rule::interposed_command, "aborts") &&
        !deviates(Deviation::init_survives_other_command)) {
        pending_.reset();
        if (!deviates(Deviation::composite_cache_survives))
            composite_cache_.clear();
    }
    admitted_ = effect != Effect::refuses;
    return card_instructions().dispatch(*this, command, answer);
}

} // namespace tongka::simulator

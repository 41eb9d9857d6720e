#include "simulator/psam/grey_lock_record.hpp"

#include <algorithm>

namespace tongka::simulator {
namespace {

std::optional<FileIndex> file_of(const Psam& psam) {
    const auto file = psam.files().child(psam.selection().directory, GreyLockRecord::file_id);
    return file && psam.files().at(*file).size >= GreyLockRecord::size ? file : std::nullopt;
}

} // namespace

core::Key GreyLockRecord::session_key() const {
    const auto named = static_cast<core::Algorithm>(session_algorithm);
    return core::Key::create(named, core::BytesView(session).first(core::key_size(named))).value();
}

std::optional<GreyLockRecord> GreyLockRecord::read(const Psam& psam) {
    const auto file = file_of(psam);
    if (!file)
        return std::nullopt;
    GreyLockRecord record;
    auto rest = psam.files().content(*file);
    const auto take = [&rest](auto& to) {
        std::ranges::copy(rest.first(to.size()), to.begin());
        rest = rest.subspan(to.size());
    };
    std::array<core::Byte, 1> state{};
    std::array<core::Byte, 3> key{};
    take(state);
    take(record.asn);
    take(record.counter);
    take(record.balance);
    take(key);
    take(record.session);
    take(record.amount);
    record.state = psam.deviates(Deviation::psam_lock_lost_at_reset) && !psam.has_new_lock
                       ? State::none
                       : static_cast<State>(state[0]);
    record.version = key[0];
    record.algorithm = key[1];
    record.session_algorithm = key[2];
    return record;
}

void GreyLockRecord::write(Transaction& transaction, const Psam& psam) const {
    const core::Byte state_byte = static_cast<core::Byte>(state);
    const core::Byte key[] = {version, algorithm, session_algorithm};
    transaction.write(psam.files().at(*file_of(psam)).body,
                      core::concatenate({{&state_byte, 1}, asn, counter, balance, key, session, amount}));
}

} // namespace tongka::simulator

#include "simulator/chip/smart_card.hpp"

#include "simulator/chip/common_reasons.hpp"
#include "simulator/chip/mistaken_status.hpp"

namespace tongka::simulator {

SmartCard::SmartCard(std::vector<Appearance> faces, core::Rules rules, Deviations deviations,
                     std::unique_ptr<core::Random> random, std::uint32_t memory)
    : rules_(rules), deviations_(deviations), random_(std::move(random)), memory_(memory) {
    for (auto& appearance : faces) {
        const bool t0 = appearance.protocol == Protocol::t0;
        std::unique_ptr<Transport> transport;
        if (t0)
            transport = std::make_unique<T0Transport>();
        else
            transport = std::make_unique<ApduTransport>();
        faces_.push_back({std::move(appearance), std::move(transport)});
    }
    memory_.power_off();
}

core::Result<void> SmartCard::keep_in(StateFile file) {
    TONGKA_TRY(const auto image, file.load());
    if (image) {
        if (image->size() > memory_.capacity())
            return core::fail("the state is larger than the memory of this chip");
        memory_.restore(*image);
        files_.mount();
    } else {
        TONGKA_CHECK(file.save(memory_.image()));
    }
    state_file_.emplace(std::move(file));
    memory_.keep_with([this](core::BytesView changed) { return state_file_->save(changed).has_value(); });
    return {};
}

core::BytesView SmartCard::power_on(std::size_t face) {
    if (memory_.power_up() || !files_.has_master_file())
        files_.mount();
    active_ = face;
    return start();
}

core::BytesView SmartCard::reset(std::size_t face) {
    return face == active_ ? start() : core::BytesView{};
}

void SmartCard::power_off(std::size_t face) {
    if (face == active_)
        memory_.power_off();
}

core::BytesView SmartCard::start() {
    if (!memory_.powered())
        return {};
    selection_ = {};
    security_ = {};
    challenge_size_ = 0;
    faces_[active_].transport->reset();
    forget();
    return appearance(active_).answer_to_reset;
}

core::BytesView SmartCard::exchange(std::size_t face, core::BytesView command) {
    if (!memory_.powered() || face != active_)
        return {};
    const auto answer = faces_[face].transport->exchange(command, *this);
    // A power cut while the command ran takes the answer with it.
    return memory_.powered() ? answer : core::BytesView{};
}

Reply SmartCard::execute(const core::Command& command, core::Bytes& answer) {
    Reply reply = perform(command, answer);
    reply.sw = mistake_status(deviations_, reply.sw);
    pretended_delay_ = delay_of(command);
    // A random number serves the next command alone (standards.md 4.1, GET CHALLENGE).
    if (!challenge_is_new_ && !deviates(Deviation::challenge_lives_on))
        challenge_size_ = 0;
    challenge_is_new_ = false;
    return reply;
}

std::chrono::milliseconds SmartCard::delay_of(const core::Command& command) const {
    using namespace std::chrono_literals;
    if (command.cla == 0x80 && command.ins == 0x54 && deviates(Deviation::purchase_slow))
        return 450ms;
    return command.cla == 0x80 && command.ins == 0x52 && deviates(Deviation::load_slow) ? 1100ms : 0ms;
}

void SmartCard::script_random(std::deque<core::Bytes> numbers) {
    if (!numbers.empty())
        random_ = std::make_unique<core::ScriptedRandom>(std::move(numbers), std::move(random_));
}

void SmartCard::fill_random(std::span<core::Byte> bytes) {
    if (deviates(Deviation::challenge_repeated)) {
        std::ranges::fill(bytes, core::Byte{0x5A});
        return;
    }
    random_->fill(bytes);
}

void SmartCard::set_challenge(core::BytesView number) {
    std::ranges::copy(number, challenge_.begin());
    challenge_size_ = static_cast<std::uint8_t>(number.size());
    challenge_is_new_ = true;
}

SecurityState SmartCard::security() const {
    if (selection_.directory == master_file)
        return {security_.master, security_.master};
    return security_;
}

void SmartCard::set_security_state(core::Byte state) {
    (selection_.directory == master_file ? security_.master : security_.directory) = state;
}

void SmartCard::enter(FileIndex directory) {
    selection_ = {.directory = directory};
    if (!deviates(Deviation::security_state_survives_select))
        security_.directory = 0;
    on_enter();
}

std::optional<StoredKey> SmartCard::key(KeyType type, core::Byte id) const {
    return find_key(files_, selection_.directory, type, id);
}

core::Key SmartCard::computing_key(const StoredKey& key) const {
    return key_of(key, rule(core::Rule::maintenance_algorithm, "sm4"));
}

bool SmartCard::take_try(const StoredKey& key) {
    return write_tries(key, static_cast<core::Byte>(key.tries_left - 1));
}

bool SmartCard::give_tries_back(const StoredKey& key) {
    return write_tries(key, key.most_tries());
}

bool SmartCard::write_tries(const StoredKey& key, core::Byte left) {
    Transaction transaction(memory_);
    set_tries(transaction, key, left);
    return transaction.commit();
}

bool SmartCard::directory_is_open() const {
    if (deviates(Deviation::master_file_open))
        return true;
    for (FileIndex directory = selection_.directory;; directory = files_.at(directory).parent) {
        if (find_key(files_, directory, KeyType::external_authentication, 0x00))
            return false;
        if (directory == master_file)
            return true;
    }
}

std::optional<Reply> SmartCard::refuse_when_card_blocked() const {
    if (files_.has_master_file() && blocking(files_, master_file) == Blocking::card)
        return refuse(common::card_blocked);
    return std::nullopt;
}

std::optional<Reply> SmartCard::refuse_when_application_blocked() const {
    if (!files_.has_master_file() || deviates(Deviation::blocked_application_works))
        return std::nullopt;
    switch (blocking(files_, selection_.directory)) {
    case Blocking::none:
        return std::nullopt;
    case Blocking::permanent:
        return refuse(common::permanently_blocked);
    default:
        return refuse(common::application_blocked);
    }
}

} // namespace tongka::simulator

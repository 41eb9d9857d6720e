#pragma once

#include <deque>
#include <memory>

#include "core/random.hpp"
#include "core/rules.hpp"
#include "simulator/chip/access.hpp"
#include "simulator/chip/blocking.hpp"
#include "simulator/chip/chip.hpp"
#include "simulator/chip/ciphers.hpp"
#include "simulator/chip/deviations.hpp"
#include "simulator/chip/files.hpp"
#include "simulator/chip/keys.hpp"
#include "simulator/chip/memory.hpp"
#include "simulator/chip/transport.hpp"

namespace tongka::simulator {

enum class Interface { contactless, contact };

/// How a chip shows itself to a reader.
struct Appearance {
    Interface interface = Interface::contactless;
    core::Bytes answer_to_reset = {};
    core::Bytes uid = {}; ///< of a contactless chip
};

/// What user card and PSAM share: power, memory, files, keys, security state, transport. A device adds its commands.
class SmartCard : public Chip, private Executor {
public:
    SmartCard(Appearance appearance, core::Rules rules, Deviations deviations, std::unique_ptr<core::Random> random,
              std::uint32_t memory = Memory::usual_capacity);

    core::BytesView power_on() final;
    core::BytesView reset() final;
    void power_off() final { memory_.power_off(); }
    [[nodiscard]] core::BytesView answer_to_reset() const final { return appearance_.answer_to_reset; }
    [[nodiscard]] core::BytesView uid() const final { return appearance_.uid; }
    [[nodiscard]] core::BytesView exchange(core::BytesView command) final;
    void cut_power_at(std::optional<Cut> position) final { memory_.cut_power_at(position); }

    [[nodiscard]] Interface interface() const { return appearance_.interface; }
    /// Why the last command was answered as it was.
    [[nodiscard]] const Reason& last_reason() const { return transport_->last_reason(); }

    // For the commands.
    [[nodiscard]] Memory& memory() { return memory_; }
    [[nodiscard]] Files& files() { return files_; }
    [[nodiscard]] const Files& files() const { return files_; }
    [[nodiscard]] bool rule(core::Rule rule, core::Choice choice) const { return rules_.is(rule, choice); }
    [[nodiscard]] const core::Rules& rules() const { return rules_; }
    [[nodiscard]] bool deviates(Deviation deviation) const { return deviations_.has(deviation); }

    /// Serves these random numbers first.
    void script_random(std::deque<core::Bytes> numbers);

    /// A random number as a transaction or GET CHALLENGE shows it.
    void fill_random(std::span<core::Byte> bytes);
    /// The random number that GET CHALLENGE gave right before this command; empty where it did not.
    [[nodiscard]] core::BytesView challenge() const { return core::BytesView(challenge_).first(challenge_size_); }
    void set_challenge(core::BytesView number);

    /// What SELECT has chosen; gone at reset.
    struct Selection {
        FileIndex directory = master_file;
        std::optional<FileIndex> file = std::nullopt;
        unsigned record = 0; ///< the current record of that file; 0 = none
    };
    [[nodiscard]] Selection& selection() { return selection_; }
    [[nodiscard]] const Selection& selection() const { return selection_; }

    /// Security states; that of the DF is the MF's in the MF.
    [[nodiscard]] SecurityState security() const;
    /// What a right PIN or authentication leads to in the current directory.
    void set_security_state(core::Byte state);
    /// Enters a directory: its security state is 0 (standards.md 3.1).
    void enter(FileIndex directory);
    [[nodiscard]] bool allows(core::Byte right) const { return simulator::allows(right, security()); }

    /// Whether the current directory still is being made: until its master control key stands, no right is asked for
    /// creating files and writing keys in it (inferred from the scripts of standards.md 3.5).
    [[nodiscard]] bool directory_is_open() const { return !key(KeyType::external_authentication, 0x00); }

    /// A key of the current directory.
    [[nodiscard]] std::optional<StoredKey> key(KeyType type, core::Byte id) const;
    /// The key for computing with; valid until the next call.
    [[nodiscard]] const core::Cipher& cipher(const StoredKey& key) { return ciphers_.of(computing_key(key)); }
    [[nodiscard]] core::Key computing_key(const StoredKey& key) const;
    [[nodiscard]] Ciphers& ciphers() { return ciphers_; }

    /// Takes one try of a key, before anything is compared; false where the memory failed.
    [[nodiscard]] bool take_try(const StoredKey& key);
    [[nodiscard]] bool give_tries_back(const StoredKey& key);

    /// What a command is refused with where the card is blocked, or the current application is and the command does
    /// not work in a blocked one.
    [[nodiscard]] std::optional<Reply> refuse_when_blocked(bool works_when_blocked) const;

protected:
    [[nodiscard]] virtual Reply perform(const core::Command& command, core::Bytes& answer) = 0;
    /// Forgets what does not outlive a reset.
    virtual void forget() = 0;

private:
    Reply execute(const core::Command& command, core::Bytes& answer) final;
    core::BytesView start();
    [[nodiscard]] bool write_tries(const StoredKey& key, core::Byte left);

    Appearance appearance_;
    core::Rules rules_;
    Deviations deviations_;
    std::unique_ptr<core::Random> random_;
    Memory memory_;
    Files files_{memory_};
    Ciphers ciphers_;
    std::unique_ptr<Transport> transport_;
    Selection selection_;
    SecurityState security_;
    std::array<core::Byte, 8> challenge_{};
    std::uint8_t challenge_size_ = 0;
    bool challenge_is_new_ = false;
};

} // namespace tongka::simulator

#pragma once

#include <chrono>
#include <deque>
#include <memory>
#include <vector>

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
#include "simulator/chip/state_file.hpp"
#include "simulator/chip/transport.hpp"

namespace tongka::simulator {

enum class Protocol { t0, t1, contactless };

/// How a chip shows itself to a reader, over its contacts or its antenna.
struct Appearance {
    Protocol protocol = Protocol::contactless;
    core::Bytes answer_to_reset = {};
    core::Bytes uid = {}; ///< of a contactless chip
};

/// What user card and PSAM share: power, memory, files, keys, security state, transport. A device adds its commands.
class SmartCard : public Chip, private Executor {
public:
    /// A chip with one face, or a dual-interface chip with two and one memory behind both. As a Chip it is its first
    /// face.
    SmartCard(std::vector<Appearance> faces, core::Rules rules, Deviations deviations,
              std::unique_ptr<core::Random> random, std::uint32_t memory = Memory::usual_capacity);

    core::BytesView power_on() final { return power_on(0); }
    core::BytesView reset() final { return reset(0); }
    void power_off() final { power_off(0); }
    [[nodiscard]] core::BytesView answer_to_reset() const final { return appearance(0).answer_to_reset; }
    [[nodiscard]] core::BytesView uid() const final { return appearance(0).uid; }
    [[nodiscard]] core::BytesView exchange(core::BytesView command) final { return exchange(0, command); }
    void cut_power_at(std::optional<Cut> position) final { memory_.cut_power_at(position); }

    // The same of any face. Power on one takes it from the other: the chip starts anew (standards.md 2).
    [[nodiscard]] std::size_t faces() const { return faces_.size(); }
    [[nodiscard]] const Appearance& appearance(std::size_t face) const { return faces_[face].appearance; }
    core::BytesView power_on(std::size_t face);
    core::BytesView reset(std::size_t face);
    void power_off(std::size_t face);
    [[nodiscard]] core::BytesView exchange(std::size_t face, core::BytesView command);

    /// From now on every commit is in the file before it is answered (6581 where that fails). A file that holds an
    /// image gives it to the chip, which must be of the same make; another gets the chip's.
    [[nodiscard]] core::Result<void> keep_in(StateFile file);

    [[nodiscard]] Protocol protocol() const { return appearance(0).protocol; }
    /// Why the last command was answered as it was.
    [[nodiscard]] const Reason& last_reason() const { return faces_[active_].transport->last_reason(); }

    /// What the last command would have taken longer on a slow chip.
    [[nodiscard]] std::chrono::milliseconds pretended_delay() const { return pretended_delay_; }

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

    /// Whether the current directory still is being made: until a master control key stands in it or above it, no right
    /// is asked for creating files and writing keys (inferred from the scripts of standards.md 3.5). The card has an
    /// MF.
    [[nodiscard]] bool directory_is_open() const;

    /// A key of the current directory.
    [[nodiscard]] std::optional<StoredKey> key(KeyType type, core::Byte id) const;
    /// The key for computing with; valid until the next call.
    [[nodiscard]] const core::Cipher& cipher(const StoredKey& key) { return ciphers_.of(computing_key(key)); }
    [[nodiscard]] core::Key computing_key(const StoredKey& key) const;
    [[nodiscard]] Ciphers& ciphers() { return ciphers_; }

    /// Takes one try of a key, before anything is compared; false where the memory failed.
    [[nodiscard]] bool take_try(const StoredKey& key);
    [[nodiscard]] bool give_tries_back(const StoredKey& key);

    /// What else APPLICATION UNBLOCK sets back in the current application.
    virtual void on_unblock(Transaction&) {}

    /// What every command is refused with where the card is blocked.
    [[nodiscard]] std::optional<Reply> refuse_when_card_blocked() const;
    /// What a command that does not work in a blocked application is refused with in one.
    [[nodiscard]] std::optional<Reply> refuse_when_application_blocked() const;

protected:
    [[nodiscard]] virtual Reply perform(const core::Command& command, core::Bytes& answer) = 0;
    /// Forgets what does not outlive a reset.
    virtual void forget() = 0;
    /// Forgets what does not outlive the selection of a directory.
    virtual void on_enter() {}

private:
    Reply execute(const core::Command& command, core::Bytes& answer) final;
    struct Face {
        Appearance appearance;
        std::unique_ptr<Transport> transport;
    };

    core::BytesView start();
    [[nodiscard]] std::chrono::milliseconds delay_of(const core::Command& command) const;
    [[nodiscard]] bool write_tries(const StoredKey& key, core::Byte left);

    std::chrono::milliseconds pretended_delay_{};
    std::vector<Face> faces_;
    std::size_t active_ = 0; ///< the face that has power, or had it last
    core::Rules rules_;
    Deviations deviations_;
    std::unique_ptr<core::Random> random_;
    std::optional<StateFile> state_file_;
    Memory memory_;
    Files files_{memory_};
    Ciphers ciphers_;
    Selection selection_;
    SecurityState security_;
    std::array<core::Byte, 8> challenge_{};
    std::uint8_t challenge_size_ = 0;
    bool challenge_is_new_ = false;
};

/// One face of a dual-interface chip as a chip of its own.
class ChipFace final : public Chip {
public:
    ChipFace(std::shared_ptr<SmartCard> card, std::size_t face) : card_(std::move(card)), face_(face) {}

    core::BytesView power_on() override { return card_->power_on(face_); }
    core::BytesView reset() override { return card_->reset(face_); }
    void power_off() override { card_->power_off(face_); }
    [[nodiscard]] core::BytesView answer_to_reset() const override { return card_->appearance(face_).answer_to_reset; }
    [[nodiscard]] core::BytesView uid() const override { return card_->appearance(face_).uid; }
    [[nodiscard]] core::BytesView exchange(core::BytesView command) override { return card_->exchange(face_, command); }
    void cut_power_at(std::optional<Cut> position) override { card_->cut_power_at(position); }

private:
    std::shared_ptr<SmartCard> card_;
    std::size_t face_;
};

} // namespace tongka::simulator

#pragma once

#include <memory>

#include "core/random.hpp"
#include "core/rules.hpp"
#include "simulator/chip/chip.hpp"
#include "simulator/chip/deviations.hpp"
#include "simulator/chip/files.hpp"
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

/// What user card and PSAM share: power, memory, files, transport. A device adds its commands.
class SmartCard : public Chip, private Executor {
public:
    SmartCard(Appearance appearance, core::Rules rules, Deviations deviations, std::unique_ptr<core::Random> random);

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
    [[nodiscard]] bool rule(core::Rule rule, std::string_view choice) const { return rules_.is(rule, choice); }
    [[nodiscard]] const core::Rules& rules() const { return rules_; }
    [[nodiscard]] bool deviates(Deviation deviation) const { return deviations_.has(deviation); }
    /// A random number as a transaction or GET CHALLENGE shows it.
    void challenge(std::span<core::Byte> bytes);

    /// What SELECT has chosen; gone at reset.
    struct Selection {
        FileIndex directory = master_file;
        std::optional<FileIndex> file = std::nullopt;
    };
    [[nodiscard]] Selection& selection() { return selection_; }

protected:
    /// Forgets what does not outlive a reset.
    virtual void forget() = 0;

private:
    core::BytesView start();

    Appearance appearance_;
    core::Rules rules_;
    Deviations deviations_;
    std::unique_ptr<core::Random> random_;
    Memory memory_;
    Files files_{memory_};
    std::unique_ptr<Transport> transport_;
    Selection selection_;
};

} // namespace tongka::simulator

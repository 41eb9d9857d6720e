#pragma once

#include <memory>

#include "simulator/sam/sam.hpp"

namespace tongka::simulator {

/// What the host lets an ISAM load after a log-in: file 001B of the application, 14 bytes, which the host writes under
/// secure messaging: amount left 4 (in fen), last moment 7 (BCD YYYYMMDDhhmmss), batch 3 (clauses.md F has limit
/// amount, limit time and batch in the answer to a log-in; that the ISAM keeps them, and how, is inferred).
struct LoadLimit {
    static constexpr std::uint16_t file_id = 0x001B;
    static constexpr std::size_t size = 14;
    static constexpr std::size_t moment_size = 7;

    std::uint32_t amount;
    core::BytesView moment;
};

/// The load SAM of a terminal (CJ/T 333; clauses.md E, F): contact, T=0. Its keys serve after a log-in alone: EXTERNAL
/// AUTHENTICATION with the key of the host.
class Isam final : public Sam {
public:
    /// As it leaves the factory. The profile has an ISAM.
    Isam(const core::Profile& profile, std::unique_ptr<core::Random> random, Deviations deviations = {});

    // For the commands.
    [[nodiscard]] std::optional<LoadLimit> limit() const;
    /// Takes `amount` off the limit and counts the load, in one transaction; false where the memory failed. The limit
    /// is there and reaches.
    [[nodiscard]] bool spend(std::uint32_t amount);

private:
    Reply perform(const core::Command& command, core::Bytes& answer) override;
};

/// Every command of the ISAM.
[[nodiscard]] const InstructionSet& isam_instructions();

extern const Instruction load_mac;

} // namespace tongka::simulator

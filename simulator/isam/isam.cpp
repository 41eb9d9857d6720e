#include "simulator/isam/isam.hpp"

#include "simulator/sam/commands.hpp"

namespace tongka::simulator {
namespace {

constexpr core::Byte after_log_in = 0xF1; // state 1 at least
constexpr core::Byte anyone = 0xF0;

} // namespace

Isam::Isam(const core::Profile& profile, std::unique_ptr<core::Random> random, Deviations deviations)
    : Sam(
          *profile.isam, profile.rules, std::move(random),
          [&] {
              if (deviations.has(Deviation::isam_log_in_unchecked))
                  deviations.add(Deviation::authentication_unchecked);
              return deviations;
          }(),
          deviations.has(Deviation::isam_log_in_not_needed) ? anyone : after_log_in) {}

std::optional<LoadLimit> Isam::limit() const {
    const auto file = files().child(selection().directory, LoadLimit::file_id);
    if (!file || files().content(*file).size() < LoadLimit::size)
        return std::nullopt;
    const auto content = files().content(*file);
    return LoadLimit{.amount = static_cast<std::uint32_t>(core::read_big_endian(content.first(4))),
                     .moment = content.subspan(4, LoadLimit::moment_size)};
}

bool Isam::spend(std::uint32_t amount) {
    Transaction transaction(memory());
    const auto file = files().child(selection().directory, LoadLimit::file_id);
    if (!deviates(Deviation::isam_limit_not_counted))
        transaction.write_number(files().at(*file).body, 4, limit()->amount - amount);
    if (const auto counter = counter_file(); counter && !deviates(Deviation::isam_counter_stuck))
        transaction.write_number(files().at(*counter).body, 4,
                                 core::read_big_endian(files().content(*counter).first(4)) + 1);
    return transaction.commit();
}

Reply Isam::perform(const core::Command& command, core::Bytes& answer) {
    return isam_instructions().dispatch(*this, command, answer);
}

const InstructionSet& isam_instructions() {
    static const InstructionSet set = [] {
        auto list = sam_instructions();
        list.insert(list.begin(), &load_mac); // before DES CRYPT, of which it is one mode
        return InstructionSet(std::move(list));
    }();
    return set;
}

} // namespace tongka::simulator

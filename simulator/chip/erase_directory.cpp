#include "simulator/chip/file_commands.hpp"

namespace tongka::simulator {
namespace {

constexpr Reason no_master_file{0x6A82, "the card has no MF", "standards.md 4.1"};
constexpr const Reason* reasons[] = {&common::wrong_parameters, &common::wrong_lc, &no_master_file, &common::no_right,
                                     &common::memory_failure};

/// Takes away every file under the current directory.
Reply execute(SmartCard& card, const core::Command& command, core::Bytes&) {
    if (command.p1p2() != 0)
        return refuse(common::wrong_parameters);
    if (!command.data.empty())
        return refuse(common::wrong_lc);
    Files& files = card.files();
    if (!files.has_master_file())
        return refuse(no_master_file);
    const FileIndex directory = card.selection().directory;
    if (!card.directory_is_open() && !card.allows(files.at(directory).write))
        return refuse(common::no_right);
    if (!files.erase_under(directory))
        return refuse(common::memory_failure);
    card.selection() = {.directory = directory};
    return success();
}

} // namespace

const Instruction erase_directory{"ERASE DF", 0x80, 0x0E, {}, execute, reasons};

} // namespace tongka::simulator

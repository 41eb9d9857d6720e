#include "cli/lab/layout.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace tongka::cli {

namespace {

constexpr std::size_t slots_per_block = 2;
constexpr std::size_t most_blocks = 8;

/// The blocks of one kind are told apart by a letter: pcscd would give both the number 00.
std::string block_name(DeviceKind kind, std::size_t earlier) {
    static constexpr std::array names{"Tongka Card", "Tongka PSAM", "Tongka ISAM", "Tongka Echo", "Tongka Reference"};
    std::string name = names[static_cast<std::size_t>(kind)];
    if (earlier > 0)
        name += fmt::format(" {}", static_cast<char>('A' + earlier));
    return name;
}

} // namespace

core::Result<Layout> plan_readers(std::span<const Device> devices) {
    Layout layout;
    std::vector<std::size_t> used;
    for (const auto& device : devices) {
        auto same_kind = [&](const Layout::Block& block) { return block.kind == device.kind; };
        auto last = std::find_if(layout.blocks.rbegin(), layout.blocks.rend(), same_kind);
        auto block = static_cast<std::size_t>(layout.blocks.rend() - last) - 1;
        if (last == layout.blocks.rend() || used[block] == slots_per_block) {
            auto earlier = static_cast<std::size_t>(std::ranges::count_if(layout.blocks, same_kind));
            block = layout.blocks.size();
            layout.blocks.push_back({block_name(device.kind, earlier), device.kind});
            used.push_back(0);
        }
        auto slot = static_cast<unsigned>(used[block]++);
        layout.places.push_back({block, slot, fmt::format("{} 00 {:02X}", layout.blocks[block].name, slot)});
    }
    if (layout.blocks.size() > most_blocks)
        return core::fail(fmt::format("{} devices need {} blocks of two readers, and a lab has {}: start a second lab",
                                      devices.size(), layout.blocks.size(), most_blocks));
    return layout;
}

std::string reader_configuration(const Layout& layout, std::span<const Wiring> wiring, Direction direction) {
    std::string text;
    for (std::size_t i = 0; i < layout.blocks.size(); ++i)
        text += fmt::format("FRIENDLYNAME \"{0}\"\nDEVICENAME {1}:0x{2:X}\nLIBPATH {3}\nCHANNELID 0x{2:X}\n\n",
                            layout.blocks[i].name, direction == Direction::listens ? "/dev/null" : "127.0.0.1",
                            wiring[i].port, wiring[i].driver);
    return text;
}

} // namespace tongka::cli

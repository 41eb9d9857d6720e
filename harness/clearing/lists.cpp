#include "harness/clearing/lists.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include <fmt/format.h>

#include "core/bcd.hpp"
#include "core/hex.hpp"
#include "harness/clearing/judge.hpp"

namespace tongka::harness::clearing {

core::Result<std::vector<std::uint64_t>> read_blacklist(const std::filesystem::path& path, const Layout& layout,
                                                        const FaultSink& faults) {
    if (!std::ranges::any_of(layout.record.fields,
                             [](const Field& field) { return field.means && field.means->name == "asn"; }))
        return core::fail(fmt::format("layout {} lists no cards", layout.name));
    TONGKA_TRY(auto reader, RecordReader::open(path, layout));
    std::vector<std::uint64_t> cards;
    RawRecord raw;
    Transaction entry;
    while (true) {
        TONGKA_TRY(const bool there, reader.read(raw, entry, faults));
        if (!there)
            break;
        cards.push_back(card_number(entry));
    }
    std::ranges::sort(cards);
    cards.erase(std::unique(cards.begin(), cards.end()), cards.end());
    return cards;
}

core::Result<std::vector<TacKeys::City>> read_cities(const std::filesystem::path& path) {
    std::ifstream stream(path);
    if (!stream)
        return core::fail(fmt::format("{}: cannot be read: {}", path.native(), std::strerror(errno)));
    std::vector<TacKeys::City> cities;
    std::string line;
    for (int number = 1; std::getline(stream, line); ++number) {
        line.resize(std::min(line.find('#'), line.size()));
        while (!line.empty() && (line.back() == ' ' || line.back() == '\r'))
            line.pop_back();
        if (line.empty())
            continue;
        const auto code = core::from_hex(line);
        if (!code || code->size() != 2 || !core::is_bcd(*code))
            return core::fail(fmt::format("{}:{}: '{}' is no city code of four digits", path.native(), number, line));
        cities.push_back({(*code)[0], (*code)[1]});
    }
    return cities;
}

} // namespace tongka::harness::clearing

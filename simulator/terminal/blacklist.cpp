#include "simulator/terminal/blacklist.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include <fmt/format.h>

#include "core/hex.hpp"

namespace tongka::simulator {
namespace {

template <typename Key>
void sort(std::vector<Key>& keys) {
    std::ranges::sort(keys);
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
}

template <typename Key>
void insert(std::vector<Key>& keys, const Key& key) {
    const auto at = std::ranges::lower_bound(keys, key);
    if (at == keys.end() || *at != key)
        keys.insert(at, key);
}

template <std::size_t size>
std::array<core::Byte, size> array_of(core::BytesView bytes) {
    std::array<core::Byte, size> made{};
    std::ranges::copy(bytes.first(size), made.begin());
    return made;
}

} // namespace

void Blacklist::add(const Asn& asn) {
    insert(serials_, asn);
}

void Blacklist::add(const Card& card) {
    insert(cards_, card);
}

void Blacklist::clear() {
    cards_.clear();
    serials_.clear();
}

bool Blacklist::contains(const Card& card) const {
    return std::ranges::binary_search(cards_, card) ||
           std::ranges::binary_search(serials_, array_of<8>(core::BytesView(card).last(8)));
}

core::Result<Blacklist> Blacklist::read(const std::filesystem::path& path, std::vector<SkippedLine>& skipped) {
    std::ifstream stream(path);
    if (!stream)
        return core::fail(fmt::format("{}: cannot be read: {}", path.native(), std::strerror(errno)));
    Blacklist list;
    std::string line;
    for (std::size_t number = 1; std::getline(stream, line); ++number) {
        line.resize(std::min(line.find('#'), line.size()));
        std::erase_if(line, [](char c) { return c == ' ' || c == '\t' || c == '\r'; });
        if (line.empty())
            continue;
        const auto bytes = core::from_hex(line);
        if (bytes && bytes->size() == std::tuple_size_v<Card>)
            list.cards_.push_back(array_of<std::tuple_size_v<Card>>(*bytes));
        else if (bytes && bytes->size() == std::tuple_size_v<Asn>)
            list.serials_.push_back(array_of<std::tuple_size_v<Asn>>(*bytes));
        else
            skipped.push_back({path, number, line.substr(0, 40)});
    }
    if (stream.bad())
        return core::fail(fmt::format("{}: cannot be read: {}", path.native(), std::strerror(errno)));
    sort(list.cards_);
    sort(list.serials_);
    return list;
}

} // namespace tongka::simulator

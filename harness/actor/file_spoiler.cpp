#include "harness/actor/file_spoiler.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>

namespace tongka::harness {

using namespace clearing;
namespace fs = std::filesystem;

namespace {

std::string read(const fs::path& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

void write(const fs::path& path, std::string_view text) {
    std::ofstream(path, std::ios::binary) << text;
}

const Field& field_of(const Layout& layout, std::size_t line, std::string_view name) {
    const Line& form = line < layout.head.size() ? layout.head[line] : layout.record;
    const Field* field = form.find(name);
    if (field == nullptr)
        throw std::logic_error(fmt::format("layout {} has no field {}", layout.name, name));
    return *field;
}

} // namespace

void FileSpoiler::Text::put(std::size_t line, std::string_view field, std::string_view text) {
    const auto& found = field_of(*file->layout, line, field);
    lines.at(line).replace(found.offset, found.width, text);
}

std::string FileSpoiler::Text::get(std::size_t line, std::string_view field) const {
    const auto& found = field_of(*file->layout, line, field);
    return lines.at(line).substr(found.offset, found.width);
}

void FileSpoiler::Text::add_to_count(int by) {
    for (std::size_t line = 0; line < file->layout->head.size(); ++line)
        for (const auto& field : file->layout->head[line].fields)
            if (field.holds == Holds::count)
                put(line, field.name, fmt::format("{:0{}}", std::stol(get(line, field.name)) + by, field.width));
}

const ReadFile& FileSpoiler::first(std::string_view layout) const {
    const auto files = set_.of(layout);
    if (files.empty())
        throw std::logic_error(fmt::format("no file {} is there", layout));
    return *files[0];
}

void FileSpoiler::edit(std::string_view layout, const std::function<bool(const ReadFile&, const FileRecord&)>& is,
                       const std::function<void(Text&)>& change) const {
    for (const auto* file : set_.of(layout))
        for (const auto& record : file->records) {
            if (!set_.plant_at(file->name, record.transaction.line).empty() || !is(*file, record))
                continue;
            Text text{.file = file, .lines = {}, .record = record.transaction.line - 1};
            std::istringstream stream(read(file->path));
            for (std::string line; std::getline(stream, line);)
                text.lines.push_back(line + '\n');
            change(text);
            std::string all;
            for (const auto& line : text.lines)
                all += line;
            return write(file->path, all);
        }
    throw std::logic_error(fmt::format("no record of {} can be spoilt so", layout));
}

void FileSpoiler::edit(std::string_view layout, const std::function<void(Text&)>& change) const {
    edit(
        layout, [](const ReadFile&, const FileRecord&) { return true; }, change);
}

void FileSpoiler::put(std::string_view layout, std::string_view field, std::string_view text, std::size_t head) const {
    edit(layout, [&](Text& file) { file.put(head == 0 ? file.record : head - 1, field, text); });
}

void FileSpoiler::edit_bytes(std::string_view layout, const std::function<void(std::string&)>& change) const {
    const auto& file = first(layout);
    auto bytes = read(file.path);
    change(bytes);
    write(file.path, bytes);
}

void FileSpoiler::rename(std::string_view layout, const std::function<std::string(std::string)>& name) const {
    const auto& path = first(layout).path;
    fs::rename(path, path.parent_path() / name(path.filename()));
}

} // namespace tongka::harness

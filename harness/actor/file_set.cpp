#include "harness/actor/file_set.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>

#include <fmt/format.h>

#include "harness/clearing/field_codec.hpp"
#include "harness/clearing/lists.hpp"

namespace tongka::harness {

using namespace clearing;
namespace fs = std::filesystem;

std::string Sight::message() const {
    return line == 0 ? fmt::format("{}: {}", file, text) : fmt::format("{}, line {}: {}", file, line, text);
}

std::string_view field_text(const ReadFile& file, const FileRecord& record, std::string_view field) {
    const Field* found = file.layout->record.find(field);
    return found == nullptr ? std::string_view{} : text_of(*found, record.text);
}

const Layout& FileSet::layout(std::string_view name) const {
    return **find_layout(layouts_, name);
}

std::vector<const ReadFile*> FileSet::of(std::string_view layout) const {
    std::vector<const ReadFile*> found;
    for (const auto& file : files_)
        if (file.layout->name == layout)
            found.push_back(&file);
    return found;
}

std::string_view FileSet::plant_at(std::string_view file, std::uint32_t line) const {
    const auto found = planted_.find({fs::path(file).filename().native(), line});
    return found == planted_.end() ? std::string_view{} : found->second;
}

const Layout* FileSet::layout_of(const fs::path& file, const std::string& told) const {
    if (!told.empty())
        return &layout(told);
    const auto folder = file.parent_path().filename().native();
    for (const auto& layout : layouts_)
        if (layout.name == folder)
            return &layout;
    if (const auto* guessed = guess_layout(layouts_, file))
        return guessed;
    // A name that begins like one of a layout and goes on otherwise is a fault of that file.
    const auto name = file.filename().native();
    for (const auto& layout : layouts_)
        if (!layout.file_name.empty() && !layout.file_name[0].text.empty() &&
            name.starts_with(layout.file_name[0].text))
            return &layout;
    return nullptr;
}

core::Result<void> FileSet::read_planted(const fs::path& folder) {
    std::ifstream stream(folder / "planted.csv");
    std::string row;
    for (std::getline(stream, row); std::getline(stream, row);) {
        const auto name_end = row.find(',');
        const auto line_end = row.find(',', name_end + 1);
        const auto last = row.rfind(',');
        std::uint32_t line = 0;
        if (line_end == row.npos || last == line_end ||
            std::from_chars(row.data() + name_end + 1, row.data() + line_end, line).ptr != row.data() + line_end)
            return core::fail(
                fmt::format("{}: '{}' is not file, line, found, plant", (folder / "planted.csv").native(), row));
        planted_[{row.substr(0, name_end), line}] = row.substr(last + 1);
    }
    return {};
}

core::Result<void> FileSet::read(const fs::path& file, const std::string& told) {
    const Layout* const layout = layout_of(file, told);
    if (layout == nullptr)
        return {};
    ReadFile made;
    made.path = file;
    made.name = file == path_ ? file.filename().native() : file.lexically_relative(path_).native();
    made.layout = layout;
    TONGKA_TRY(auto reader, RecordReader::open(file, *layout, static_cast<std::uint32_t>(files_.size())));
    RawRecord raw;
    Transaction transaction;
    while (true) {
        TONGKA_TRY(const bool there, reader.read(raw, transaction, keep(made.faults)));
        if (!there)
            break;
        made.records.push_back({transaction, std::string(raw.text)});
    }
    made.lines = reader.records();
    made.city = reader.city();
    files_.push_back(std::move(made));
    return {};
}

core::Result<std::unique_ptr<FileSet>> FileSet::load(const fs::path& path, std::vector<Layout> layouts,
                                                     const std::string& layout) {
    auto set = std::make_unique<FileSet>();
    set->path_ = path;
    set->layouts_ = std::move(layouts);
    if (!layout.empty())
        TONGKA_CHECK(find_layout(set->layouts_, layout));
    std::error_code error;
    if (!fs::exists(path, error))
        return core::fail(fmt::format("{}: no such file or folder", path.native()));
    std::vector<fs::path> files;
    if (fs::is_directory(path, error)) {
        for (const auto& entry : fs::recursive_directory_iterator(path, error))
            if (entry.is_regular_file(error))
                files.push_back(entry.path());
        if (error)
            return core::fail(fmt::format("{}: {}", path.native(), error.message()));
        std::ranges::sort(files);
    } else {
        files.push_back(path);
    }
    for (const auto& file : files)
        if (file.filename() == "planted.csv") {
            TONGKA_CHECK(set->read_planted(file.parent_path()));
        } else if (file.filename() == "cities.txt") {
            TONGKA_TRY(const auto cities, read_cities(file));
            set->cities_.emplace(cities.begin(), cities.end());
        }
    std::erase_if(files, [](const fs::path& file) {
        return file.filename() == "planted.csv" || file.filename() == "cities.txt";
    });
    for (const auto& file : files)
        TONGKA_CHECK(set->read(file, layout));
    if (set->files_.empty())
        return core::fail(fmt::format("{}: no file has a name that tells its layout; name it: --layout NAME "
                                      "('tongka settle layouts' lists them)",
                                      path.native()));
    return set;
}

} // namespace tongka::harness

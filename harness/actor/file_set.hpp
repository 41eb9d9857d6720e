#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "harness/clearing/record_reader.hpp"
#include "harness/clearing/tac_keys.hpp"

namespace tongka::harness {

/// A record that could be read.
struct FileRecord {
    clearing::Transaction transaction;
    std::string text; ///< as it stood, without line end
};

/// A file under test, read whole.
struct ReadFile {
    std::filesystem::path path;
    std::string name; ///< below the folder, as it is told
    const clearing::Layout* layout = nullptr;
    std::vector<FileRecord> records;
    std::vector<clearing::Fault> faults;
    std::optional<clearing::TacKeys::City> city; ///< that its header tells
    std::uint64_t lines = 0;                     ///< records, bad ones too
};

/// A place in a file where something is to be seen, and what.
struct Sight {
    std::string file;
    std::uint32_t line = 0; ///< 0: the file as a whole
    std::string text;

    /// "FH26…, line 7: …"
    [[nodiscard]] std::string message() const;
};

/// The clearing files of a folder, by layout. Files of a known name are of its layout; those of a subfolder that bears
/// a layout's name are of that one; all are of `layout` where one is told. Memory grows with the files.
class FileSet {
public:
    /// An Error where nothing is there that could be looked at, or a file cannot be read.
    [[nodiscard]] static core::Result<std::unique_ptr<FileSet>>
    load(const std::filesystem::path& path, std::vector<clearing::Layout> layouts, const std::string& layout);

    [[nodiscard]] const std::vector<clearing::Layout>& layouts() const { return layouts_; }
    [[nodiscard]] const clearing::Layout& layout(std::string_view name) const;
    [[nodiscard]] std::vector<const ReadFile*> of(std::string_view layout) const;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] std::size_t size() const { return files_.size(); }

    /// The error that a line was given on purpose (`planted.csv` of `tongka settle make`), or empty. What is found
    /// there says nothing about the files; line 0 asks for the file as a whole.
    [[nodiscard]] std::string_view plant_at(std::string_view file, std::uint32_t line) const;

    /// Of `cities.txt`; none where there is no such file.
    [[nodiscard]] const std::optional<std::set<clearing::TacKeys::City>>& cities() const { return cities_; }

private:
    core::Result<void> read_planted(const std::filesystem::path& folder);
    core::Result<void> read(const std::filesystem::path& file, const std::string& layout);
    [[nodiscard]] const clearing::Layout* layout_of(const std::filesystem::path& file, const std::string& told) const;

    std::filesystem::path path_;
    std::vector<clearing::Layout> layouts_;
    std::vector<ReadFile> files_;
    std::optional<std::set<clearing::TacKeys::City>> cities_;
    std::map<std::pair<std::string, std::uint32_t>, std::string> planted_;
};

/// The text of a field of a record, by its name; empty where the layout has none.
[[nodiscard]] std::string_view field_text(const ReadFile& file, const FileRecord& record, std::string_view field);

} // namespace tongka::harness

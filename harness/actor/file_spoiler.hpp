#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/actor/file_set.hpp"

namespace tongka::harness {

/// Changes files of a simulated back end, so that one thing is wrong with them. What a deviation needs is always there:
/// where it is not, that is a bug, and std::logic_error says so.
class FileSpoiler {
public:
    /// `set`: the files as they are, right.
    explicit FileSpoiler(const FileSet& set) : set_(set) {}

    /// The first file of a layout, the lines of a text file with their ends, and the index of a record that nothing is
    /// planted in.
    struct Text {
        const ReadFile* file = nullptr;
        std::vector<std::string> lines;
        std::size_t record = 0;

        /// Writes over a field of a line: of the record, or of a header line.
        void put(std::size_t line, std::string_view field, std::string_view text);
        [[nodiscard]] std::string get(std::size_t line, std::string_view field) const;
        /// The header's count, by this much.
        void add_to_count(int by);
    };

    /// Reads the file that holds `record`, lets it be changed, and writes it back.
    void edit(std::string_view layout, const std::function<void(Text&)>& change) const;
    /// The same, where the record is one that `is` says yes to.
    void edit(std::string_view layout, const std::function<bool(const ReadFile&, const FileRecord&)>& is,
              const std::function<void(Text&)>& change) const;

    /// A field of a record that nothing is planted in, or of a header line where `head` is from 1.
    void put(std::string_view layout, std::string_view field, std::string_view text, std::size_t head = 0) const;

    /// The bytes of the first file of the layout.
    void edit_bytes(std::string_view layout, const std::function<void(std::string&)>& change) const;

    void rename(std::string_view layout, const std::function<std::string(std::string)>& name) const;

    [[nodiscard]] const FileSet& set() const { return set_; }
    [[nodiscard]] const ReadFile& first(std::string_view layout) const;

private:
    const FileSet& set_;
};

} // namespace tongka::harness

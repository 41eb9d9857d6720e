#include "harness/actor/work_folder.hpp"

#include <cstdlib>

#include <fmt/format.h>

namespace tongka::harness {

core::Result<std::unique_ptr<WorkFolder>> WorkFolder::create(const std::filesystem::path& base) {
    std::string name = (base / "tongka-XXXXXX").native();
    if (::mkdtemp(name.data()) == nullptr)
        return core::fail(fmt::format("{}: no folder can be made there", base.native()));
    return std::unique_ptr<WorkFolder>(new WorkFolder(name));
}

WorkFolder::~WorkFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::filesystem::path fast_folder() {
    std::error_code error;
    const std::filesystem::path memory = "/dev/shm";
    return std::filesystem::is_directory(memory, error) ? memory : std::filesystem::temp_directory_path();
}

} // namespace tongka::harness

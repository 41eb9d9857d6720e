#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <vector>

#include "harness/clearing/layout.hpp"
#include "harness/clearing/plant.hpp"
#include "harness/clearing/tac_keys.hpp"

namespace tongka::harness::clearing {

struct TrafficSetup {
    TacKeys* keys = nullptr;
    std::vector<TacKeys::City> cities; ///< of the network
    std::uint64_t records = 0;
    std::array<core::Byte, 4> date{}; ///< BCD
    std::uint64_t seed = 1;
    std::map<Plant, std::uint32_t> planted = {}; ///< how many of each
    unsigned jobs = 1;
    std::function<void(double done)> progress = [](double) {};
};

struct Traffic {
    std::uint64_t records = 0; ///< without the planted files
    std::uint64_t files = 0;
    std::uint64_t planted = 0; ///< lines of planted.csv
};

/// Writes a day of purchases into `folder`, a file a trading city (more where a file is full): cards that pay one to
/// five times, one in twenty away from home, and are loaded when they run low; every TAC is right. The same seed gives
/// the same bytes, however many jobs there are. Beside them stand `cities.txt`, the network's cities, `blacklist.txt`
/// in layout `blacklist`, and `planted.csv`: file, line, what a check must call it, what was planted - all that a check
/// must find.
///
/// An Error where the layout cannot carry a planted error (grey records in FH), or there are too few records for them.
[[nodiscard]] core::Result<Traffic> make_traffic(const Layout& layout, const TrafficSetup& setup,
                                                 const std::filesystem::path& folder);

} // namespace tongka::harness::clearing

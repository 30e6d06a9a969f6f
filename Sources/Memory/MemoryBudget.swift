import Foundation

/// How much memory there is, so that what is too large for it is refused by its size rather than begun.
package enum MemoryBudget {
  /// Bytes that this process can get at most: what its limit (`ulimit -v`) leaves it, and no more than the machine has.
  package static var available: Int {
    let machine = Int(clamping: ProcessInfo.processInfo.physicalMemory)
    return min(machine, leftOfLimit ?? machine)
  }

  /// nil without a limit, or where the system does not say what is used of it.
  private static var leftOfLimit: Int? {
    #if os(Linux)
      var limit = rlimit()
      guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0, limit.rlim_cur < rlim_t(Int.max),
        let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8),
        let pages = text.split(separator: " ").first.flatMap({ Int($0) })
      else { return nil }
      return max(0, Int(limit.rlim_cur) - pages * sysconf(Int32(_SC_PAGESIZE)))
    #else
      return nil
    #endif
  }

  /// Bytes in words: 340 MB, 12.5 GB.
  package static func words(_ bytes: Int) -> String {
    bytes < 10 << 30 ? "\(max(1, bytes >> 20)) MB" : String(format: "%.1f GB", Double(bytes) / Double(1 << 30))
  }
}

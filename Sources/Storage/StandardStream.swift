import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The three files that every program starts with, any of which may be closed, full, or a terminal that has gone.
package enum StandardStream: Int32, Sendable {
  case input, output, errors

  /// Makes the three safe to use: one that is closed gets a file that takes and gives nothing, so that no other file comes to
  /// stand in its place; and a reader that goes away is a failed write, rather than the end of the process.
  package static func prepare() {
    signal(SIGPIPE, SIG_IGN)
    for stream in [input, output, errors] where fcntl(stream.rawValue, F_GETFD) < 0 && errno == EBADF {
      // The lowest free number is this one's: those below it are open.
      _ = open("/dev/null", stream == input ? O_WRONLY : O_RDONLY)
    }
    // C libraries that print on stderr are kept from it at times; what we say goes past that.
    let copy = fcntl(errors.rawValue, F_DUPFD_CLOEXEC, 3)
    if copy >= 0 { errorsCopy.withLock { $0 = copy } }
  }

  private static let errorsCopy = Mutex<Int32?>(nil)

  private var descriptor: Int32 {
    self == .errors ? Self.errorsCopy.withLock { $0 } ?? rawValue : rawValue
  }

  /// Writes all of the text, at once.
  /// - Throws: `StorageError.cannotWrite`.
  package func write(_ text: String) throws(StorageError) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if count == 0 {
        throw .cannotWrite(path: name, code: ENOSPC)
      } else if errno == EAGAIN {
        // A terminal may have been told not to wait.
        var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&ready, 1, 1000)
      } else if errno != EINTR {
        throw .cannotWrite(path: name, code: errno)
      }
    }
  }

  /// Everything up to the end.
  /// - Parameter limit: the most bytes that are taken: a device may have no end.
  /// - Throws: `StorageError.cannotRead`; of more than the limit, as of a file that is too large.
  package func readAll(limit: Int) throws(StorageError) -> [UInt8] {
    var (all, block) = ([UInt8](), [UInt8](repeating: 0, count: 65_536))
    while true {
      let count = read(rawValue, &block, block.count)
      if count == 0 { return all }
      if count > 0 {
        guard all.count + count <= limit else { throw .cannotRead(path: name, code: EFBIG) }
        all += block[..<count]
      } else if errno != EINTR {
        throw .cannotRead(path: name, code: errno)
      }
    }
  }

  /// Everything up to the end as text; nil where it is not UTF-8.
  /// - Throws: `StorageError.cannotRead`, as of what is longer than any text that somebody writes.
  package func readText() throws(StorageError) -> String? {
    String(validating: try readAll(limit: Self.longestText), as: UTF8.self)
  }

  private static let longestText = 1 << 24

  /// Whether it is a terminal.
  package var isTerminal: Bool { isatty(descriptor) != 0 }

  /// The columns of its terminal; 80 where it does not say.
  package var columns: Int {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// What messages call it.
  package var name: String {
    switch self {
    case .input: "standard input"
    case .output: "standard output"
    case .errors: "standard error"
    }
  }
}

/// The system's `write`, whose name the method above takes.
private func systemWrite(_ number: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(number, bytes, count)
}

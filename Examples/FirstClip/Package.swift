// swift-tools-version: 6.1
import PackageDescription

// A program that uses Hiss as a library. Outside this repository, name the repository's address instead of its path.
let package = Package(
  name: "FirstClip",
  dependencies: [.package(name: "hiss", path: "../..")],
  targets: [
    .executableTarget(
      name: "FirstClip",
      dependencies: [.product(name: "HissSynthesis", package: "hiss"), .product(name: "HissSound", package: "hiss")])
  ],
  swiftLanguageModes: [.v6]
)

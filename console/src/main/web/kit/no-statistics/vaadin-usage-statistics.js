// Instead of the package that counts who uses the components.

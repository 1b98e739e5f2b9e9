# What `cmake --install build/release --prefix /usr` puts where (docs/operating/install.md). The man
# page and the completions are printed by the program itself (target lango-manual).
include(GNUInstallDirs)

set(LANGO_SHARE ${CMAKE_BINARY_DIR}/share)
file(MAKE_DIRECTORY ${LANGO_SHARE})
add_custom_command(
    OUTPUT ${LANGO_SHARE}/lango.1 ${LANGO_SHARE}/lango.bash
    COMMAND sh -c "$<TARGET_FILE:lango> help --man >lango.1 && $<TARGET_FILE:lango> help --completion bash >lango.bash"
    DEPENDS lango
    WORKING_DIRECTORY ${LANGO_SHARE}
    COMMENT "Man page and completions"
    VERBATIM)
add_custom_target(lango-manual ALL DEPENDS ${LANGO_SHARE}/lango.1 ${LANGO_SHARE}/lango.bash)

# The prefix is known for certain only when it is installed.
install(CODE "
    set(LANGO_PROGRAM \"\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_BINDIR}/lango\")
    configure_file(\"${CMAKE_SOURCE_DIR}/packaging/lango.service.in\"
        \"${LANGO_SHARE}/lango.service\" @ONLY)")

install(TARGETS lango RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES ${LANGO_SHARE}/lango.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${LANGO_SHARE}/lango.bash RENAME lango
    DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/bash-completion/completions)
install(FILES ${LANGO_SHARE}/lango.service DESTINATION lib/systemd/system)
install(FILES packaging/sysusers.conf RENAME lango.conf DESTINATION lib/sysusers.d)
install(FILES packaging/tmpfiles.conf RENAME lango.conf DESTINATION lib/tmpfiles.d)
install(FILES packaging/lango.toml DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)
install(FILES README.md CHANGELOG.md SECURITY.md LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs DESTINATION ${CMAKE_INSTALL_DOCDIR} FILES_MATCHING PATTERN "*.md")
